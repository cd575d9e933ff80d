#include "nn/feed_forward.h"

#include "base/error.h"
#include "nn/dropout.h"

namespace mynah::nn {

Activation activation_named(const std::string& name) {
  if (name == "relu") return Activation::relu;
  if (name == "gelu") return Activation::gelu;
  if (name == "silu") return Activation::silu;
  if (name == "swiglu") return Activation::swiglu;
  throw Error(concat("building the network: unknown activation \"", name, "\"; known are relu, gelu, silu and swiglu"));
}

FeedForwardImpl::FeedForwardImpl(std::int64_t d_model, std::int64_t d_feed_forward, Activation activation)
    : activation_(activation),
      inner_(register_module("inner", Linear(d_model, d_feed_forward))),
      outer_(register_module("outer", Linear(d_feed_forward, d_model))) {
  if (activation == Activation::swiglu) gate_ = register_module("gate", Linear(d_model, d_feed_forward));
}

Tensor FeedForwardImpl::forward(const Tensor& x, DropoutPass& pass) {
  const double rate = pass.rates().feed_forward;
  const std::uint64_t seed = pass.next_seed();
  const Tensor y = inner_(x);  // [batch, length, d_feed_forward]
  switch (activation_) {
    case Activation::relu:
      return outer_(relu_dropout(y, rate, seed));
    case Activation::gelu:
      return outer_(dropout(at::gelu(y), rate, seed));
    case Activation::silu:
      return outer_(dropout(at::silu(y), rate, seed));
    case Activation::swiglu:
      return outer_(dropout(at::silu(gate_(x)) * y, rate, seed));
  }
  ensure(false, "every activation has a case");
  return {};
}

}  // namespace mynah::nn
