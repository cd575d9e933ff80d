#include "packed/decoder.h"

#include <algorithm>

#include "base/error.h"

namespace mynah::packed {

Decoder::Decoder(const Parameters& parameters, const Kernels& kernels, RowTable& table, std::ptrdiff_t max_source, Arena& arena)
    : parameters_(parameters),
      kernels_(kernels),
      table_(table),
      memory_bytes_(padded_length(max_source) * parameters.features() * parameters.kept_bytes()),
      place_bytes_(2 * parameters.features() * parameters.kept_bytes() + kStagger),
      source_lengths_(arena.take<std::int32_t>(table.capacity())) {
  const std::ptrdiff_t layers = parameters.shape.decoder_layers;
  memories_ = arena.take<std::byte>(table.capacity() * layers * 2 * memory_bytes_);
  cache_ = arena.take<std::byte>(layers * table.capacity() * table.max_length() * place_bytes_);
  scratch_ = arena.take<float>(
      std::max(kTileRows * padded_length(max_source), parameters.shape.heads * padded_length(table.max_length()) * kMostLanes));
}

Memory Decoder::memory(std::int32_t sentence, std::ptrdiff_t layer) const {
  std::byte* keys = memories_ + (sentence * parameters_.shape.decoder_layers + layer) * 2 * memory_bytes_;
  return {keys, keys + memory_bytes_, source_lengths_[sentence]};
}

std::byte* Decoder::cache(std::ptrdiff_t layer) const {
  return cache_ + layer * table_.capacity() * table_.max_length() * place_bytes_;
}

void Decoder::remember(std::span<const std::span<const TokenId>> sources, int first_row, TokenRows& rows) {
  const std::ptrdiff_t features = parameters_.features();
  for (std::ptrdiff_t layer = 0; layer < parameters_.shape.decoder_layers; ++layer) {
    FloatRows projected = rows.multiply(parameters_.decoder[static_cast<std::size_t>(layer)].cross_attention.memory);
    int row = first_row;
    for (const auto& source : sources) {
      const std::int32_t sentence = table_.sentence(row++);
      source_lengths_[sentence] = static_cast<std::int32_t>(source.size());
      kernels_.remember[parameters_.kept_as()](
          {parameters_.shape.heads, parameters_.d_head, projected, projected.from(0, features), memory(sentence, layer)});
      projected = projected.from(std::ssize(source));
    }
  }
}

void Decoder::read(std::span<const Reading> readings, TokenRows& rows, float* attention) {
  tokens_.clear();
  positions_.clear();
  for (const auto& [row, token] : readings) {
    tokens_.push_back(token);
    positions_.push_back(static_cast<std::int32_t>(table_.places(row).size()));
    table_.append(row);
  }
  rows.embed(tokens_, positions_);
  for (std::ptrdiff_t number = 0; number < parameters_.shape.decoder_layers; ++number) {
    const DecoderLayer& layer = parameters_.decoder[static_cast<std::size_t>(number)];
    const bool last = number + 1 == parameters_.shape.decoder_layers;
    rows.settle(layer.self_attention.entry);
    attend_within(number, readings, rows.multiply(layer.self_attention.projections), rows.attended());
    rows.add_attended(layer.self_attention.output);
    rows.settle(layer.cross_attention.entry);
    attend_across(number, readings, rows.multiply(layer.cross_attention.query), rows.attended(), last ? attention : nullptr);
    rows.add_attended(layer.cross_attention.output);
    rows.settle(layer.feed_forward.entry);
    rows.add_feed_forward(layer.feed_forward);
  }
  rows.settle(parameters_.decoder_exit);
}

/// All tokens leave keys and values behind before the first one looks, so that several of a row see one another.
void Decoder::attend_within(std::ptrdiff_t layer, std::span<const Reading> readings, const FloatRows& projected,
                            const FloatRows& attended) {
  const std::ptrdiff_t features = parameters_.features();
  std::byte* const kept = cache(layer);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto position = static_cast<std::size_t>(positions_[i]);
    const float* keys = projected.from(static_cast<std::ptrdiff_t>(i), features).data;
    kernels_.keep[parameters_.kept_as()](keys, 2 * features, kept + table_.places(readings[i].row)[position] * place_bytes_);
  }
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto token = static_cast<std::ptrdiff_t>(i);
    kernels_.attend_cached[parameters_.kept_as()]({.heads = parameters_.shape.heads,
                                                   .d_head = parameters_.d_head,
                                                   .query = projected.from(token).data,
                                                   .output = attended.from(token).data,
                                                   .cache = kept,
                                                   .step = place_bytes_,
                                                   .places = table_.places(readings[i].row).data(),
                                                   .length = positions_[i] + 1,
                                                   .scratch = scratch_});
  }
}

/// Neighbouring tokens of one sentence look at its memory together.
void Decoder::attend_across(std::ptrdiff_t layer, std::span<const Reading> readings, const FloatRows& queries,
                            const FloatRows& attended, float* attention) {
  for (std::size_t first = 0, end = 0; first < readings.size(); first = end) {
    const std::int32_t sentence = table_.sentence(readings[first].row);
    while (end < readings.size() && table_.sentence(readings[end].row) == sentence) ++end;
    const auto token = static_cast<std::ptrdiff_t>(first);
    kernels_.attend[parameters_.kept_as()]({.heads = parameters_.shape.heads,
                                            .d_head = parameters_.d_head,
                                            .queries = queries.from(token),
                                            .output = attended.from(token),
                                            .rows = static_cast<std::ptrdiff_t>(end - first),
                                            .memory = memory(sentence, layer),
                                            .scratch = scratch_,
                                            .weights = attention});
    if (attention) attention += static_cast<std::ptrdiff_t>(end - first) * source_lengths_[sentence];
  }
}

}  // namespace mynah::packed
