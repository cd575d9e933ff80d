#include "nn/token_table.h"

#include <limits>

namespace mynah::nn {

TokenTableImpl::TokenTableImpl(std::int64_t vocabulary, std::int64_t d_model)
    : weight_(register_parameter("weight", torch::empty({vocabulary, d_model}))) {}

Tensor TokenTableImpl::logits(const Tensor& states, const Tensor& bias) {
  Tensor logits = at::linear(states, weight_, bias);
  logits.select(-1, pad()).fill_(-std::numeric_limits<double>::infinity());
  return logits;
}

}  // namespace mynah::nn
