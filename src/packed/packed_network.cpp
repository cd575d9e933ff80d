#include "packed/packed_network.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "packed/step_model.h"

namespace mynah::packed {
namespace {

constexpr std::ptrdiff_t kForcedTokens = 256;  // that pass through the decoder at once

/// Whether a step waits less for its weights than for the keys and values of many sentences, which no cache holds.
bool is_light(const Parameters& parameters) {
  constexpr std::size_t kMost = std::size_t{16} << 20;
  std::size_t bytes = 0;
  for (const auto& [name, array] : parameters.arrays) bytes += array.bytes.size();
  return parameters.precision == Precision::int8 && bytes <= kMost;
}

class PackedNetwork final : public search::Network {
 public:
  PackedNetwork(Parameters parameters, const Kernels& kernels)
      : parameters_(std::make_shared<const Parameters>(std::move(parameters))), kernels_(kernels) {}

  std::unique_ptr<search::StepModel> step_model(const search::Capacity& capacity) const override {
    return std::make_unique<PackedStepModel>(parameters_, kernels_, capacity);
  }
  std::vector<search::ForcedPass> forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const override;
  int best_batch() const override { return is_light(*parameters_) ? 8 : Network::best_batch(); }

 private:
  void forced_together(std::span<const search::Pair> pairs, search::ForcedWish wish,
                       std::vector<search::ForcedPass>& passes) const;

  std::shared_ptr<const Parameters> parameters_;
  const Kernels& kernels_;
};

std::vector<search::ForcedPass> PackedNetwork::forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const {
  std::vector<search::ForcedPass> passes;
  while (!pairs.empty()) {
    std::size_t count = 0;
    for (std::ptrdiff_t tokens = 0; count < pairs.size(); ++count) {
      tokens += std::ssize(pairs[count].target);
      if (count > 0 && tokens > kForcedTokens) break;
    }
    forced_together(pairs.first(count), wish, passes);
    pairs = pairs.subspan(count);
  }
  return passes;
}

void PackedNetwork::forced_together(std::span<const search::Pair> pairs, search::ForcedWish wish,
                                    std::vector<search::ForcedPass>& passes) const {
  Workspace::Limits limits{static_cast<int>(pairs.size()), 0, 0, 0};
  std::vector<std::span<const TokenId>> sources;
  std::vector<Reading> readings;
  std::vector<TokenId> wanted;
  std::ptrdiff_t weights = 0;
  for (const search::Pair& pair : pairs) {
    const int row = static_cast<int>(sources.size());
    sources.push_back(pair.source);
    wanted.insert(wanted.end(), pair.target.begin(), pair.target.end());
    for (std::size_t i = 0; i < pair.target.size(); ++i) {
      readings.push_back({row, i == 0 ? parameters_->shape.vocabulary - 1 : pair.target[i - 1]});
    }
    limits.source_length = std::max(limits.source_length, std::ssize(pair.source));
    limits.target_length = std::max(limits.target_length, std::ssize(pair.target));
    weights += std::ssize(pair.source) * std::ssize(pair.target);
  }
  limits.tokens = std::ssize(readings);
  Workspace work(*parameters_, kernels_, limits);
  std::vector<float> attention(static_cast<std::size_t>(wish.attention ? weights : 0)), log_probabilities(wanted.size());
  work.admit(sources);
  work.decoder.read(readings, work.tokens, wish.attention ? attention.data() : nullptr);
  if (wish.log_probabilities) {
    OutputLayer output(*parameters_, kernels_, limits.tokens, 0, work.arena);
    const std::vector<std::int32_t> sentences(wanted.size());  // all unrestricted
    output.named({work.tokens.words(), sentences}, wanted, log_probabilities);
  }

  auto token = log_probabilities.begin();
  auto weight = attention.begin();
  for (const search::Pair& pair : pairs) {
    search::ForcedPass& pass = passes.emplace_back();
    if (wish.log_probabilities) pass.log_probabilities.assign(token, token + std::ssize(pair.target));
    token += std::ssize(pair.target);
    if (!wish.attention) continue;
    const std::ptrdiff_t count = std::ssize(pair.source) * std::ssize(pair.target);
    pass.attention.assign(weight, weight + count);
    weight += count;
  }
}

}  // namespace

const Kernels& kernels_up_to(const std::string& cap) {
  constexpr std::array<std::string_view, 4> kBestFirst = {"avx512_vnni", "avx2_vnni", "avx2", "plain"};
  const auto allowed = cap == "auto" ? kBestFirst.begin() : std::ranges::find(kBestFirst, cap);
  if (allowed == kBestFirst.end()) {
    throw UsageError(concat("--cpu-features: expected auto, avx512_vnni, avx2_vnni, avx2 or plain, found ", cap));
  }
  const KernelList list = supported_kernels();
  int best = 0;
  while (std::find(allowed, kBestFirst.end(), list.variants[best]->name) == kBestFirst.end()) ++best;  // plain always is there
  return *list.variants[best];
}

std::shared_ptr<const search::Network> make_network(Parameters parameters) {
  return make_network(std::move(parameters), kernels_up_to("auto"));
}

std::shared_ptr<const search::Network> make_network(Parameters parameters, const Kernels& kernels) {
  return std::make_shared<PackedNetwork>(std::move(parameters), kernels);
}

}  // namespace mynah::packed
