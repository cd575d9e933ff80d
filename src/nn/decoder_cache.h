// What decoding remembers between steps: keys and values, computed once per token and once per source sentence.
#pragma once
#include "nn/sequence_model.h"
#include "nn/source_cache.h"

namespace mynah::nn {

/// Keys and values of all decoder layers (or steps, where one layer is applied repeatedly). Rows stand at positions of their own;
/// room for tokens grows in blocks.
class DecoderCache final : public State {
 public:
  /// One row per sentence, nothing read yet. `cross` keeps, per layer of cross-attention, the projected source: [sentences,
  /// source_length, d_model]; self-attention has `self_layers`.
  DecoderCache(const std::vector<KeysValues>& cross, const Tensor& source_lengths, std::int64_t self_layers);

  int rows() const override { return static_cast<int>(lengths_.size(0)); }
  void reorder(std::span<const std::int64_t> parents) override;
  void append(State& other) override;

  /// Tokens each row has read, [rows] int64 on the CPU.
  const Tensor& lengths() const { return lengths_; }

  /// A step feeds each row `count` tokens: opens room for them; extend() in every layer; closes with the number of tokens that
  /// are not padding, [rows]. More than one token at once only where nothing was read before.
  void open(std::int64_t count);
  /// Writes the new tokens' keys and values; gives all up to the longest row's end: [rows, length, d_model].
  KeysValues extend(std::int64_t layer, const KeysValues& fresh);
  Visibility self_visibility() const;
  void close(const Tensor& counts);

  /// The source as the rows of a layer see it; queries are brought together and taken apart by groups().
  KeysValues cross(std::int64_t layer) const { return cross_.layer(layer); }
  Visibility cross_visibility() const { return cross_.visibility(); }
  const SentenceGroups& groups() const { return cross_.groups(); }

 private:
  Tensor self_keys_, self_values_;  // [layers, rows, capacity, d_model]
  Tensor lengths_;                  // [rows] int64, CPU
  SourceCache cross_;
  // Of the step under way: tokens per row, where the longest row ends, and where the tokens go in [rows · capacity].
  std::int64_t count_ = 0, end_ = 0;
  Tensor slots_;
};

}  // namespace mynah::nn
