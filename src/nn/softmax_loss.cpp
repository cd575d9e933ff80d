#include "nn/softmax_loss.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "nn/fast_path.h"
#include "nn/kernels.h"
#include "nn/products.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows whose logits exist at once. On a CPU their memory is used over and over, so that no page of it is new to the system and
/// what multiplies them finds most in a cache: of 64, 128, 192, 256 and 512, 128 and 256 were best for small and for large
/// models, by little. An accelerator wants more work at a time.
std::int64_t chunk_rows(const Tensor& hidden) { return hidden.is_cpu() ? 192 : 4096; }

/// The softmax of one chunk: `logits` [rows, vocabulary] come without bias and leave as gradients.
struct SoftmaxChunk {
  Tensor logits, targets;
  const Tensor& bias;
  Tensor& bias_gradient;  // [vocabulary], added to; undefined: no gradients are wanted
  std::int64_t pad;
  double label_smoothing;

  SoftmaxLoss finish_with_kernels();
  SoftmaxLoss finish();
};

SoftmaxLoss SoftmaxChunk::finish_with_kernels() {
  LossRow loss;
  loss.bias = bias.const_data_ptr<float>();
  loss.vocabulary = logits.size(1);
  loss.pad = pad;
  loss.label_smoothing = static_cast<float>(label_smoothing);
  if (bias_gradient.defined()) loss.bias_gradient = bias_gradient.mutable_data_ptr<float>();
  const auto* target = targets.const_data_ptr<std::int64_t>();
  auto* row = logits.mutable_data_ptr<float>();
  double smoothed = 0, cross_entropy = 0;
  for (std::int64_t i = 0; i < logits.size(0); ++i, row += logits.stride(0)) {
    loss.target = target[i];
    const LossTerms terms = kernels().loss_row(row, loss);
    smoothed += terms.smoothed;
    cross_entropy += terms.cross_entropy;
  }
  const auto options = logits.options().dtype(at::kDouble);
  return {at::scalar_tensor(smoothed, options), at::scalar_tensor(cross_entropy, options)};
}

SoftmaxLoss SoftmaxChunk::finish() {
  const double share = label_smoothing / static_cast<double>(logits.size(1) - 1);
  logits.add_(bias).select(1, pad).fill_(-std::numeric_limits<double>::infinity());
  Tensor log_p = at::log_softmax(logits, 1);
  const Tensor columns = targets.unsqueeze(1);
  const Tensor right = log_p.gather(1, columns).sum(at::kDouble).neg_();
  if (bias_gradient.defined()) at::exp_out(logits, log_p).sub_(share);
  log_p.select(1, pad).zero_();
  const SoftmaxLoss sums{right * (1 - label_smoothing) - log_p.sum(at::kDouble) * share, right};
  if (bias_gradient.defined()) {
    logits.select(1, pad).zero_();
    logits.scatter_add_(1, columns, at::full_like(columns, label_smoothing - 1, logits.options()));
    bias_gradient.add_(logits.sum(0));
  }
  return sums;
}

/// out = a · b, or out += a · b; `out` may be wider than the others.
void multiply(const Tensor& out, const Tensor& a, const Tensor& b, bool add = false) {
  if (out.scalar_type() == a.scalar_type()) {
    Tensor target = out;
    at::addmm_out(target, out, a, b, add ? 1 : 0);
  } else if (add) {
    out.add_(at::mm(a, b));
  } else {
    out.copy_(at::mm(a, b));
  }
}

/// The three products with a table [vocabulary, d_model] that every chunk of rows needs.
class TableProducts {
 public:
  TableProducts(const Tensor& hidden, const Tensor& table, bool wants_gradients)
      : type_(product_type(hidden)), table_(table.to(type_)), vocabulary_(table.size(0)) {
    if (!wants_gradients || !fits_products(hidden, table, type_)) return;
    across_ = PackedMatrix::of_transposed(table, type_);
    along_ = PackedMatrix::of(table, type_);
  }

  /// Room for the logits of `rows` rows: [rows, vocabulary]
  Tensor block(std::int64_t rows, const at::TensorOptions& options) const {
    return at::empty({rows, across_ ? across_->width() : vocabulary_}, options).narrow(1, 0, vocabulary_);
  }
  void logits(const Tensor& hidden, const Tensor& logits) const {
    across_ ? across_->multiply(hidden, logits) : multiply(logits, hidden.to(type_), table_.t());
  }
  /// From the logits' gradients: writes the hidden states', adds to the table's.
  void gradients(const Tensor& slopes_in, const Tensor& hidden, const Tensor& hidden_gradient,
                 const Tensor& table_gradient) const {
    if (along_) {
      along_->multiply(slopes_in, hidden_gradient);
      add_transposed_product(slopes_in, hidden, table_gradient, type_);
    } else {
      const Tensor slopes = slopes_in.to(type_);
      multiply(hidden_gradient, slopes, table_);
      multiply(table_gradient, slopes.t(), hidden.to(type_), true);
    }
  }

 private:
  at::ScalarType type_;
  Tensor table_;
  std::int64_t vocabulary_;
  std::optional<PackedMatrix> across_, along_;
};

struct FusedSoftmaxLoss : torch::autograd::Function<FusedSoftmaxLoss> {
  static variable_list forward(AutogradContext* context, const Tensor& hidden, const Tensor& table, const Tensor& bias,
                               const Tensor& targets, std::int64_t pad, double label_smoothing, bool wants_gradients) {
    const bool fast = fits_kernels({hidden, table, bias});
    const std::int64_t rows = hidden.size(0), step = std::min(rows, chunk_rows(hidden));
    const TableProducts products(hidden, table, wants_gradients);
    const Tensor block = products.block(step, hidden.options());
    Tensor hidden_gradient, table_gradient, bias_gradient;
    if (wants_gradients) {
      hidden_gradient = at::empty_like(hidden);
      table_gradient = at::zeros_like(table);
      bias_gradient = at::zeros_like(bias);
    }
    Tensor total = at::zeros({}, hidden.options().dtype(at::kDouble)), cross_entropy = at::zeros_like(total);
    for (std::int64_t first = 0; first < rows; first += step) {
      const std::int64_t count = std::min(step, rows - first);
      const Tensor part = hidden.narrow(0, first, count), logits = block.narrow(0, 0, count);  // [count, vocabulary]
      products.logits(part, logits);
      SoftmaxChunk chunk{logits, targets.narrow(0, first, count), bias, bias_gradient, pad, label_smoothing};
      const SoftmaxLoss sums = fast ? chunk.finish_with_kernels() : chunk.finish();
      total += sums.total;
      cross_entropy += sums.cross_entropy;
      if (wants_gradients) products.gradients(logits, part, hidden_gradient.narrow(0, first, count), table_gradient);
    }
    context->save_for_backward({hidden_gradient, table_gradient, bias_gradient});
    cross_entropy = cross_entropy.to(hidden.scalar_type());
    context->mark_non_differentiable({cross_entropy});
    return {total.to(hidden.scalar_type()), cross_entropy};
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor& factor = gradients[0];
    return {saved[0] * factor, saved[1] * factor, saved[2] * factor, {}, {}, {}, {}};
  }
};

}  // namespace

SoftmaxLoss softmax_loss(const Tensor& hidden_in, const Tensor& table, const Tensor& bias, const Tensor& targets,
                         std::int64_t pad, double label_smoothing) {
  const Tensor hidden = c10::isReducedFloatingType(hidden_in.scalar_type()) ? hidden_in.to(at::kFloat) : hidden_in;
  TORCH_CHECK(hidden.dim() == 2 && table.dim() == 2 && hidden.size(1) == table.size(1) && bias.numel() == table.size(0) &&
                  targets.numel() == hidden.size(0),
              "softmax_loss: hidden ", hidden.sizes(), ", table ", table.sizes(), ", bias ", bias.sizes(), ", targets ",
              targets.sizes());
  const bool wants_gradients =
      at::GradMode::is_enabled() && (hidden.requires_grad() || table.requires_grad() || bias.requires_grad());
  const variable_list sums = FusedSoftmaxLoss::apply(hidden.contiguous(), table.contiguous(), bias.contiguous(),
                                                     targets.contiguous(), pad, label_smoothing, wants_gradients);
  return {sums[0], sums[1]};
}

}  // namespace mynah::nn
