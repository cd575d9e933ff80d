#include "nn/linear.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "nn/fast_path.h"
#include "nn/kernels.h"
#include "nn/products.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct FastLinear : torch::autograd::Function<FastLinear> {
  /// x [rows, inputs] → [rows, outputs]
  static Tensor forward(AutogradContext* context, const Tensor& x_in, const Tensor& weight_in, const Tensor& bias_in) {
    const at::ScalarType type = product_type(x_in);
    const Tensor x = x_in.contiguous(), weight = weight_in.contiguous(), bias = bias_in.contiguous();
    Tensor y = at::empty({x.size(0), weight.size(0)}, x.options());
    PackedMatrix::of_transposed(weight, type).multiply(x, y, bias);
    context->save_for_backward({x, weight});
    context->saved_data["type"] = type;
    return y;
  }

  /// By blocks of rows that stay in the cache between the three uses of their gradients.
  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    constexpr std::int64_t kBlock = 128;
    const variable_list saved = context->get_saved_variables();
    const Tensor &x = saved[0], &weight = saved[1], y_gradient = gradients[0].contiguous();
    const Tensor x_gradient = at::empty_like(x), weight_gradient = at::zeros_like(weight);
    const Tensor bias_gradient = at::zeros({weight.size(0)}, weight.options());
    const at::ScalarType type = context->saved_data["type"].toScalarType();
    const PackedMatrix packed = PackedMatrix::of(weight, type);
    for (std::int64_t first = 0; first < x.size(0); first += kBlock) {
      const std::int64_t rows = std::min(kBlock, x.size(0) - first);
      const Tensor slope = y_gradient.narrow(0, first, rows);
      packed.multiply(slope, x_gradient.narrow(0, first, rows));
      add_transposed_product(slope, x.narrow(0, first, rows), weight_gradient, type);
      kernels().add_rows({slope.mutable_data_ptr<float>(), slope.stride(0)}, rows, slope.size(1),
                         bias_gradient.mutable_data_ptr<float>());
    }
    return {x_gradient, weight_gradient, bias_gradient};
  }
};

bool learns(const Tensor& x, const Tensor& weight) {
  return at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad());
}

}  // namespace

Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  if (!learns(x, weight) || !fits_products(x, weight, product_type(x)) || weight.size(0) % kColumnUnit != 0)
    return at::linear(x, weight, bias);
  const Tensor y = FastLinear::apply(x.flatten(0, -2), weight, bias);
  std::vector<std::int64_t> shape = x.sizes().vec();
  shape.back() = weight.size(0);
  return y.view(shape);
}

Tensor side_by_side(const Tensor& x, std::initializer_list<Linear> maps) {
  std::vector<Tensor> weights, biases, results;
  for (Linear map : maps) {
    weights.push_back(map->weight());
    biases.push_back(map->bias());
  }
  if (learns(x, weights[0])) return linear(x, at::cat(weights), at::cat(biases));
  for (std::size_t i = 0; i < weights.size(); ++i) results.push_back(linear(x, weights[i], biases[i]));
  return at::cat(results, -1);  // a single sentence has fewer numbers than the weights
}

}  // namespace mynah::nn
