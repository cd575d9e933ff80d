#include "nn/reference.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace mynah::nn {

DropoutMask dropout_mask(double rate, std::uint64_t seed) {
  TORCH_CHECK(rate >= 0 && rate < 1, "dropout: rate is ", rate, ", expected 0 <= rate < 1");
  const std::uint64_t mixed = mix64(seed);
  const double threshold = std::min(std::round(rate * 0x1p31), 0x1p31 - 1);
  return {static_cast<std::uint32_t>(mixed), static_cast<std::uint32_t>(mixed >> 32), static_cast<std::int32_t>(threshold),
          static_cast<float>(1 / (1 - rate))};
}

namespace reference {
namespace {
constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
constexpr std::int64_t kLow32 = 0xffffffff;
}  // namespace

Tensor dropout_factors(const Tensor& like, const DropoutMask& mask) {
  Tensor x = at::arange(like.numel(), like.options().dtype(at::kLong).requires_grad(false));
  x.add_(static_cast<std::int64_t>(mask.add)).bitwise_and_(kLow32);
  x.bitwise_xor_(x.bitwise_right_shift(16)).mul_(static_cast<std::int64_t>(kDropoutFirst)).bitwise_and_(kLow32);
  x.bitwise_xor_(x.bitwise_right_shift(15)).bitwise_xor_(static_cast<std::int64_t>(mask.flip));
  x.mul_(static_cast<std::int64_t>(kDropoutSecond)).bitwise_and_(kLow32);
  x.bitwise_xor_(x.bitwise_right_shift(16)).bitwise_right_shift_(1);
  return x.ge(mask.threshold).to(like.scalar_type()).mul_(mask.scale).view(like.sizes());
}

Tensor dropout(const Tensor& x, double rate, std::uint64_t seed) {
  return rate == 0 ? x : x * dropout_factors(x, dropout_mask(rate, seed));
}

Tensor relu_dropout(const Tensor& x, double rate, std::uint64_t seed) { return dropout(at::relu(x), rate, seed); }

Tensor add_norm(const Tensor& residual, const Tensor& x, const Tensor& scale, const Tensor& shift, double epsilon, double rate,
                std::uint64_t seed) {
  return at::layer_norm(residual + dropout(x, rate, seed), {x.size(-1)}, scale, shift, epsilon);
}

Tensor attention_weights(const Tensor& query, const Tensor& key, const Visibility& visibility) {
  const Tensor scores = at::matmul(query, key.transpose(-2, -1)) / std::sqrt(static_cast<double>(query.size(-1)));
  if (!visibility.key_lengths.defined() && !visibility.causal) return scores.softmax(-1);
  const Tensor hidden = to_tensor(visibility, query.size(-2), key.size(-2), query.device()).logical_not();
  return scores.masked_fill(hidden, kMinusInfinity).softmax(-1).masked_fill(hidden, 0);
}

Tensor scaled_dot_product(const Tensor& query, const Tensor& key, const Tensor& value, const Visibility& visibility,
                          double dropout_rate, std::uint64_t seed) {
  return at::matmul(dropout(attention_weights(query, key, visibility), dropout_rate, seed), value);
}

SoftmaxLoss softmax_loss(const Tensor& hidden, const Tensor& table, const Tensor& bias, const Tensor& targets, std::int64_t pad,
                         double label_smoothing) {
  const Tensor pads = at::full({1}, pad, targets.options());
  const Tensor log_p = at::linear(hidden, table, bias).index_fill(1, pads, kMinusInfinity).log_softmax(1);
  const Tensor right = log_p.gather(1, targets.unsqueeze(1)).sum().neg();
  const Tensor uniform = log_p.index_fill(1, pads, 0).sum().neg() / static_cast<double>(table.size(0) - 1);
  return {right * (1 - label_smoothing) + uniform * label_smoothing, right.detach()};
}

}  // namespace reference
}  // namespace mynah::nn
