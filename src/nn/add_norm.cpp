#include "nn/add_norm.h"

#include <torch/csrc/autograd/custom_function.h>

#include "nn/fast_path.h"
#include "nn/kernels.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct FastAddNorm : torch::autograd::Function<FastAddNorm> {
  static Tensor forward(AutogradContext* context, const Tensor& residual_in, const Tensor& x_in, const Tensor& scale_in,
                        const Tensor& shift_in, double epsilon, double rate, std::int64_t seed) {
    const Tensor residual = residual_in.contiguous(), x = x_in.contiguous();
    const Tensor scale = scale_in.contiguous(), shift = shift_in.contiguous();
    Tensor output = at::empty_like(x), normalized = at::empty_like(x);
    Tensor deviations = at::empty({x.numel() / x.size(-1)}, x.options());
    NormCall call;
    call.rows = deviations.numel();
    call.width = x.size(-1);
    call.epsilon = static_cast<float>(epsilon);
    call.residual = residual.const_data_ptr<float>();
    call.x = x.const_data_ptr<float>();
    call.scale = scale.const_data_ptr<float>();
    call.shift = shift.const_data_ptr<float>();
    call.mask = dropout_mask(rate, static_cast<std::uint64_t>(seed));
    call.output = output.mutable_data_ptr<float>();
    call.normalized = normalized.mutable_data_ptr<float>();
    call.deviations = deviations.mutable_data_ptr<float>();
    kernels().add_norm(call);
    context->save_for_backward({normalized, deviations, scale});
    context->saved_data["rate"] = rate;
    context->saved_data["seed"] = seed;
    return output;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor &normalized = saved[0], &deviations = saved[1], &scale = saved[2];
    const Tensor output_gradient = gradients[0].contiguous();
    const double rate = context->saved_data["rate"].toDouble();
    Tensor residual_gradient = at::empty_like(normalized), scale_gradient = at::zeros_like(scale);
    Tensor x_gradient = rate == 0 ? residual_gradient : at::empty_like(normalized), shift_gradient = at::zeros_like(scale);
    NormCall call;
    call.rows = deviations.numel();
    call.width = scale.numel();
    call.scale = scale.const_data_ptr<float>();
    call.mask = dropout_mask(rate, static_cast<std::uint64_t>(context->saved_data["seed"].toInt()));
    call.normalized = normalized.mutable_data_ptr<float>();
    call.deviations = deviations.mutable_data_ptr<float>();
    call.output_gradient = output_gradient.const_data_ptr<float>();
    call.residual_gradient = residual_gradient.mutable_data_ptr<float>();
    if (rate > 0) call.x_gradient = x_gradient.mutable_data_ptr<float>();
    call.scale_gradient = scale_gradient.mutable_data_ptr<float>();
    call.shift_gradient = shift_gradient.mutable_data_ptr<float>();
    kernels().add_norm_backward(call);
    return {residual_gradient, x_gradient, scale_gradient, shift_gradient, {}, {}, {}};
  }
};

}  // namespace

Tensor add_norm(const Tensor& residual_in, const Tensor& x_in, const Tensor& scale, const Tensor& shift, double epsilon,
                double rate, std::uint64_t seed) {
  const Tensor residual = widened(residual_in), x = widened(x_in);
  TORCH_CHECK(residual.sizes() == x.sizes() && scale.numel() == x.size(-1) && shift.numel() == x.size(-1), "add_norm: residual ",
              residual.sizes(), ", x ", x.sizes(), ", scale ", scale.sizes(), ", shift ", shift.sizes());
  if (!fits_kernels({residual, x, scale, shift})) {
    return reference::add_norm(residual, x, scale, shift, epsilon, rate, seed);
  }
  return FastAddNorm::apply(residual, x, scale, shift, epsilon, rate, static_cast<std::int64_t>(seed));
}

}  // namespace mynah::nn
