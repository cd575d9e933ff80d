#include "packed/encoder.h"

#include <numeric>

namespace mynah::packed {

Encoder::Encoder(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t max_length, Arena& arena)
    : parameters_(parameters), kernels_(kernels), scratch_(arena.take<float>(kTileRows * padded_length(max_length))) {
  const std::ptrdiff_t bytes = padded_length(max_length) * parameters.features() * parameters.kept_bytes();
  memory_ = {arena.take<std::byte>(bytes), arena.take<std::byte>(bytes)};
}

void Encoder::encode(std::span<const std::span<const TokenId>> sources, TokenRows& rows) {
  tokens_.clear();
  positions_.clear();
  for (const auto& source : sources) {
    tokens_.insert(tokens_.end(), source.begin(), source.end());
    positions_.resize(tokens_.size());
    std::iota(positions_.end() - std::ssize(source), positions_.end(), 0);
  }
  rows.embed(tokens_, positions_);
  for (const EncoderLayer& layer : parameters_.encoder) {
    rows.settle(layer.self_attention.entry);
    attend(sources, rows.multiply(layer.self_attention.projections), rows.attended());
    rows.add_attended(layer.self_attention.output);
    rows.settle(layer.feed_forward.entry);
    rows.add_feed_forward(layer.feed_forward);
  }
  rows.settle(parameters_.encoder_exit);
}

void Encoder::attend(std::span<const std::span<const TokenId>> sources, const FloatRows& projected, const FloatRows& attended) {
  const std::ptrdiff_t features = parameters_.features();
  std::ptrdiff_t first = 0;
  for (const auto& source : sources) {
    memory_.length = std::ssize(source);
    const FloatRows queries = projected.from(first), output = attended.from(first);
    kernels_.remember[parameters_.kept_as()](
        {parameters_.shape.heads, parameters_.d_head, queries.from(0, features), queries.from(0, 2 * features), memory_});
    kernels_.attend[parameters_.kept_as()]({.heads = parameters_.shape.heads,
                                            .d_head = parameters_.d_head,
                                            .queries = queries,
                                            .output = output,
                                            .rows = memory_.length,
                                            .memory = memory_,
                                            .scratch = scratch_});
    first += memory_.length;
  }
}

}  // namespace mynah::packed
