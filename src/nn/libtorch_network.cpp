#include "nn/libtorch_network.h"

#include <algorithm>
#include <utility>

#include "nn/libtorch_step_model.h"

namespace mynah::nn {
namespace {

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
  const Tensor all = network_->log_probabilities(*memory, target);                                  // [batch, length, vocabulary]
  const Tensor right = all.gather(2, target.ids.unsqueeze(2)).squeeze(2).to(at::kCPU, at::kFloat);  // [batch, length]
  Tensor attention;  // [batch, length, source_length]
  if (wish.attention) attention = network_->inside(*memory, target).attention.to(at::kCPU, at::kFloat);
  for (std::size_t number = 0; number < pairs.size(); ++number) {
    const auto row = static_cast<std::int64_t>(number);
    const auto length = static_cast<std::int64_t>(targets[number].size()),
               width = static_cast<std::int64_t>(sources[number].size());
    const Tensor tokens = right.select(0, row).narrow(0, 0, length).contiguous();
    search::ForcedPass pass;
    pass.log_probabilities.assign(tokens.const_data_ptr<float>(), tokens.const_data_ptr<float>() + length);
    if (wish.attention) {
      const Tensor weights = attention.select(0, row).narrow(0, 0, length).narrow(1, 0, width).contiguous();
      pass.attention.assign(weights.const_data_ptr<float>(), weights.const_data_ptr<float>() + length * width);
    }
    passes.push_back(std::move(pass));
  }
}

}  // namespace

std::shared_ptr<search::Network> make_network(std::shared_ptr<SequenceModel> network, TokenId pad) {
  return std::make_shared<LibtorchNetwork>(std::move(network), pad);
}

}  // namespace mynah::nn
