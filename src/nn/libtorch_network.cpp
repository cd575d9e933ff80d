#include "nn/libtorch_network.h"

#include <algorithm>
#include <utility>

#include "nn/libtorch_step_model.h"

namespace mynah::nn {
namespace {

/// All elements in row-major order.
template <class Number>
std::vector<Number> values(const Tensor& x) {
  const Tensor plain = x.to(at::kCPU, c10::CppTypeToScalarType<Number>::value).contiguous();
  return {plain.const_data_ptr<Number>(), plain.const_data_ptr<Number>() + plain.numel()};
}

constexpr std::int64_t kForcedElements = 1 << 25;  // [pairs, target_length, vocabulary] of one forced pass: 128 MiB of float32

class LibtorchNetwork final : public search::Network {
 public:
  LibtorchNetwork(std::shared_ptr<SequenceModel> network, TokenId pad)
      : network_(std::move(network)), pad_(pad), device_(network_->parameters().front().device()) {}

  std::unique_ptr<search::StepModel> step_model(const search::Capacity& capacity) const override {
    return std::make_unique<LibtorchStepModel>(network_, pad_, device_, capacity.rows);
  }
  std::vector<search::ForcedPass> forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const override;

 private:
  void forced_batch(std::span<const search::Pair> pairs, search::ForcedWish wish, std::vector<search::ForcedPass>& passes) const;

  std::shared_ptr<SequenceModel> network_;
  TokenId pad_;
  at::Device device_;
};

std::vector<search::ForcedPass> LibtorchNetwork::forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const {
  const c10::InferenceMode inference;
  std::vector<search::ForcedPass> passes;
  while (!pairs.empty()) {
    std::size_t count = 0;
    for (std::int64_t longest = 0; count < pairs.size(); ++count) {
      longest = std::max(longest, static_cast<std::int64_t>(pairs[count].target.size()));
      if (count > 0 && static_cast<std::int64_t>(count + 1) * longest * (pad_ + 1) > kForcedElements) break;
    }
    forced_batch(pairs.first(count), wish, passes);
    pairs = pairs.subspan(count);
  }
  return passes;
}

void LibtorchNetwork::forced_batch(std::span<const search::Pair> pairs, search::ForcedWish wish,
                                   std::vector<search::ForcedPass>& passes) const {
  std::vector<std::span<const TokenId>> sources, targets;
  for (const search::Pair& pair : pairs) {
    sources.push_back(pair.source);
    targets.push_back(pair.target);
  }
  const Padded target = pad_rows(targets, pad_, device_);
  const auto memory = network_->encode(pad_rows(sources, pad_, device_));
  Tensor right;  // [batch, length]
  if (wish.log_probabilities) {
    const Tensor all = network_->log_probabilities(*memory, target);  // [batch, length, vocabulary]
    right = all.gather(2, target.ids.unsqueeze(2)).squeeze(2);
  }
  Inside inside;
  if (wish.attention || wish.steps) inside = network_->inside(*memory, target);
  for (std::size_t number = 0; number < pairs.size(); ++number) {
    const auto row = static_cast<std::int64_t>(number);
    const auto length = static_cast<std::int64_t>(targets[number].size()),
               width = static_cast<std::int64_t>(sources[number].size());
    search::ForcedPass pass;
    if (wish.log_probabilities) pass.log_probabilities = values<float>(right[row].narrow(0, 0, length));
    if (wish.attention) pass.attention = values<float>(inside.attention[row].narrow(0, 0, length).narrow(1, 0, width));
    if (wish.steps && inside.encoder_steps.defined()) {
      pass.encoder_steps = values<int>(inside.encoder_steps[row].narrow(0, 0, width));
      pass.decoder_steps = values<int>(inside.decoder_steps[row].narrow(0, 0, length));
    }
    passes.push_back(std::move(pass));
  }
}

}  // namespace

std::shared_ptr<search::Network> make_network(std::shared_ptr<SequenceModel> network, TokenId pad) {
  return std::make_shared<LibtorchNetwork>(std::move(network), pad);
}

}  // namespace mynah::nn
