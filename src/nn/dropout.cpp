#include "nn/dropout.h"

#include <torch/csrc/autograd/custom_function.h>

#include "nn/fast_path.h"
#include "nn/kernels.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct FastDropout : torch::autograd::Function<FastDropout> {
  static Tensor apply_mask(const Tensor& x_in, double rate, std::int64_t seed) {
    const Tensor x = x_in.contiguous();
    Tensor y = at::empty_like(x);
    kernels().dropout(x.const_data_ptr<float>(), y.mutable_data_ptr<float>(), x.numel(),
                      dropout_mask(rate, static_cast<std::uint64_t>(seed)));
    return y;
  }
  static Tensor forward(AutogradContext* context, const Tensor& x, double rate, std::int64_t seed) {
    context->saved_data["rate"] = rate;
    context->saved_data["seed"] = seed;
    return apply_mask(x, rate, seed);
  }
  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    return {apply_mask(gradients[0], context->saved_data["rate"].toDouble(), context->saved_data["seed"].toInt()), {}, {}};
  }
};

/// The output says all that the backward pass needs: it is positive exactly where x was and the element was kept.
struct FastReluDropout : torch::autograd::Function<FastReluDropout> {
  static Tensor forward(AutogradContext* context, const Tensor& x_in, double rate, std::int64_t seed) {
    const Tensor x = x_in.contiguous();
    Tensor y = at::empty_like(x);
    kernels().relu_dropout(x.const_data_ptr<float>(), y.mutable_data_ptr<float>(), x.numel(),
                           dropout_mask(rate, static_cast<std::uint64_t>(seed)));
    context->saved_data["rate"] = rate;
    context->save_for_backward({y});
    return y;
  }
  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const Tensor y = context->get_saved_variables()[0], y_gradient = gradients[0].contiguous();
    Tensor x_gradient = at::empty_like(y);
    kernels().relu_dropout_backward(y.const_data_ptr<float>(), y_gradient.const_data_ptr<float>(),
                                    x_gradient.mutable_data_ptr<float>(), y.numel(),
                                    dropout_mask(context->saved_data["rate"].toDouble(), 0).scale);
    return {x_gradient, {}, {}};
  }
};

}  // namespace

Tensor dropout(const Tensor& x_in, double rate, std::uint64_t seed) {
  if (rate == 0) return x_in;
  const Tensor x = widened(x_in);
  return fits_kernels({x}) ? FastDropout::apply(x, rate, static_cast<std::int64_t>(seed)) : reference::dropout(x, rate, seed);
}

Tensor relu_dropout(const Tensor& x_in, double rate, std::uint64_t seed) {
  const Tensor x = widened(x_in);
  if (!fits_kernels({x})) return reference::relu_dropout(x, rate, seed);
  return FastReluDropout::apply(x, rate, static_cast<std::int64_t>(seed));
}

}  // namespace mynah::nn
