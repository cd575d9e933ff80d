#include "nn/positions.h"

#include <cmath>

#include "nn/torch.h"

namespace mynah::nn {

Tensor positions(std::int64_t first, std::int64_t count, std::int64_t d_model) {
  const Tensor position = at::arange(first, first + count, at::kDouble).unsqueeze(1);  // [count, 1]
  const Tensor rate = at::exp(at::arange(0, d_model, 2, at::kDouble) * (-std::log(10000.0) / static_cast<double>(d_model)));
  const Tensor angle = position * rate;  // [count, d_model / 2]
  return at::cat({angle.sin(), angle.cos()}, 1).to(at::kFloat);
}

}  // namespace mynah::nn
