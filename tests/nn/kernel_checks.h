// What the tests of hand-written kernels share: every variant this machine runs, against ATen operations in float64.
#pragma once
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "nn/kernels.h"
#include "nn/tensor.h"

namespace mynah::nn {

using Tensors = std::vector<Tensor>;
using TensorFunction = std::function<Tensor(const Tensors&)>;

/// Runs `check` once per variant of the kernels.
inline void for_each_variant(const std::function<void()>& check) {
  const KernelList list = supported_kernels();
  for (int i = 0; i < list.count; ++i) {
    SCOPED_TRACE(list.variants[i]->name);
    choose_kernels(list.variants[i]);
    check();
  }
  choose_kernels(nullptr);
}

/// Norm of the difference over the norm of `expected`.
inline double distance(const Tensor& actual, const Tensor& expected) {
  const Tensor right = expected.to(at::kDouble), wrong = actual.to(at::kDouble) - right;
  return wrong.norm().item<double>() / std::max(right.norm().item<double>(), 1.0);  // some gradients are 0
}

/// Different weights for all elements, none of them zero, so that a sum of them looks at each.
inline Tensor weights_like(const Tensor& values) {
  return at::arange(values.numel(), at::kDouble).mul(0.7).add(0.5).sin().view(values.sizes());
}

/// The function's value, then its gradient for every input, when the value's elements are weighted with fixed numbers.
inline Tensors value_and_gradients(const TensorFunction& function, const Tensors& inputs, at::ScalarType type) {
  Tensors leaves;
  for (const Tensor& input : inputs) leaves.push_back(input.detach().to(type).requires_grad_());
  const Tensor value = function(leaves);
  const Tensor weights = weights_like(value).to(type);
  (value * weights).sum().backward();
  Tensors results{value.detach()};
  for (const Tensor& leaf : leaves) results.push_back(leaf.grad().defined() ? leaf.grad() : at::zeros_like(leaf));
  return results;
}

/// The fast function in float32 gives the values and gradients of the plain one in float64.
inline void expect_same(const TensorFunction& fast, const TensorFunction& plain, const Tensors& inputs, double tolerance = 2e-6) {
  const Tensors expected = value_and_gradients(plain, inputs, at::kDouble);
  for_each_variant([&] {
    const Tensors actual = value_and_gradients(fast, inputs, at::kFloat);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(actual[i].sizes(), expected[i].sizes());
      EXPECT_LT(distance(actual[i], expected[i]), tolerance) << (i == 0 ? "value" : "gradient of input " + std::to_string(i - 1));
    }
  });
}

/// Central differences of the function in float64 agree with its own gradients.
inline void expect_gradients(const TensorFunction& function, const Tensors& inputs) {
  const Tensors analytic = value_and_gradients(function, inputs, at::kDouble);
  const Tensor weights = weights_like(analytic[0]);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Tensor numeric = at::zeros(inputs[i].numel(), at::kDouble);
    for (std::int64_t element = 0; element < numeric.numel(); ++element) {
      double sums[2];
      for (int side = 0; side < 2; ++side) {
        Tensors moved;
        for (const Tensor& input : inputs) moved.push_back(input.to(at::kDouble).contiguous().clone());
        moved[i].view(-1)[element] += side == 0 ? -1e-5 : 1e-5;
        sums[side] = (function(moved) * weights).sum().item<double>();
      }
      numeric[element] = (sums[1] - sums[0]) / 2e-5;
    }
    EXPECT_LT(distance(numeric.view(inputs[i].sizes()), analytic[i + 1]), 1e-7) << "input " << i;
  }
}

}  // namespace mynah::nn
