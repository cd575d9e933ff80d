// Random segmentations of a text into pieces, from our own generator, so that a draw can be repeated.
// (SentencePiece draws the same distributions from one hidden generator for the whole process.)
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"

namespace mynah {

/// A piece of a text: its bytes, and its index; kNoPiece for a code point that no piece covers.
struct Segment {
  std::string_view text;
  int piece;
  static constexpr int kNoPiece = -1;
};

/// Draws segmentations over a fixed list of pieces. Immutable and safe to share between threads.
class SegmentationSampler {
 public:
  struct Piece {
    std::string text;  // empty: never used
    float score;       // unigram: log-probability; BPE: the higher, the earlier merged
  };
  explicit SegmentationSampler(const std::vector<Piece>& pieces);

  /// One of all segmentations, with a probability proportional to exp(alpha · sum of scores): subword regularisation (Kudo
  /// 2018) by forward filtering and backward sampling.
  std::vector<Segment> unigram(std::string_view text, double alpha, Random& random) const;

  /// Merges neighbours, best score first, each possible merge left out with probability `dropout` at every step (BPE-dropout,
  /// Provilkov et al. 2020).
  std::vector<Segment> bpe(std::string_view text, double dropout, Random& random) const;

 private:
  using Node = std::uint32_t;
  struct Edge;
  Node child(Node node, char byte) const;
  int find(std::string_view text) const;
  void add_edges(std::string_view text, std::size_t begin, double alpha, std::vector<Edge>& edges) const;

  static constexpr Node kRoot = 0, kNowhere = ~Node{0};
  std::unordered_map<std::uint64_t, Node> children_;  // a trie: node · 256 + byte → node
  std::vector<int> piece_at_;                         // by node
  std::vector<float> scores_;                         // by piece
  float uncovered_score_ = 0;
};

}  // namespace mynah
