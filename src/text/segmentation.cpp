#include "text/segmentation.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "text/utf8.h"

namespace mynah {

SegmentationSampler::SegmentationSampler(const std::vector<Piece>& pieces) : piece_at_{Segment::kNoPiece} {
  float lowest = 0;
  for (const auto& piece : pieces) {
    scores_.push_back(piece.score);
    if (piece.text.empty()) continue;
    lowest = std::min(lowest, piece.score);
    Node node = kRoot;
    for (const char byte : piece.text) {
      const auto next = static_cast<Node>(piece_at_.size());
      const auto [entry, added] = children_.try_emplace((std::uint64_t{node} << 8) | static_cast<unsigned char>(byte), next);
      if (added) piece_at_.push_back(Segment::kNoPiece);
      node = entry->second;
    }
    piece_at_[node] = static_cast<int>(scores_.size()) - 1;
  }
  uncovered_score_ = lowest - 10;  // as SentencePiece has it
}

SegmentationSampler::Node SegmentationSampler::child(Node node, char byte) const {
  const auto found = children_.find((std::uint64_t{node} << 8) | static_cast<unsigned char>(byte));
  return found == children_.end() ? kNowhere : found->second;
}

int SegmentationSampler::find(std::string_view text) const {
  Node node = kRoot;
  for (const char byte : text) {
    if ((node = child(node, byte)) == kNowhere) return Segment::kNoPiece;
  }
  return piece_at_[node];
}

/// A segment of the lattice, and the edge before it in the list that ends at the same byte.
struct SegmentationSampler::Edge {
  std::size_t begin, end;
  int piece;
  double weight;
  std::ptrdiff_t next_with_same_end;
};

void SegmentationSampler::add_edges(std::string_view text, std::size_t begin, double alpha, std::vector<Edge>& edges) const {
  std::size_t first_end = begin;
  next_code_point(text, first_end);
  bool covered = false;
  Node node = kRoot;
  for (std::size_t end = begin; end < text.size() && (node = child(node, text[end])) != kNowhere;) {
    ++end;
    const int piece = piece_at_[node];
    if (piece == Segment::kNoPiece) continue;
    edges.push_back({begin, end, piece, alpha * scores_[static_cast<std::size_t>(piece)], -1});
    covered |= end == first_end;
  }
  if (!covered) edges.push_back({begin, first_end, Segment::kNoPiece, alpha * uncovered_score_, -1});
}

namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kImpossible ? a : a + std::log1p(std::exp(b - a));
}

}  // namespace

std::vector<Segment> SegmentationSampler::unigram(std::string_view text, double alpha, Random& random) const {
  std::vector<double> forward(text.size() + 1, kImpossible);  // log of the summed weights of all ways to reach a byte
  std::vector<std::ptrdiff_t> last_edge(text.size() + 1, -1);
  std::vector<Edge> edges;
  forward[0] = 0;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (forward[begin] == kImpossible) continue;
    auto edge = static_cast<std::ptrdiff_t>(edges.size());
    add_edges(text, begin, alpha, edges);
    for (; edge < std::ssize(edges); ++edge) {
      auto& [from, end, piece, weight, next] = edges[static_cast<std::size_t>(edge)];
      weight += forward[from];
      forward[end] = log_add(forward[end], weight);
      next = std::exchange(last_edge[end], edge);
    }
  }
  std::vector<Segment> segments;
  for (std::size_t end = text.size(); end > 0;) {
    double left = random.uniform();
    const auto probability = [&](const Edge& edge) { return std::exp(edge.weight - forward[end]); };
    const Edge* drawn = &edges[static_cast<std::size_t>(last_edge[end])];
    while ((left -= probability(*drawn)) >= 0 && drawn->next_with_same_end >= 0) {
      drawn = &edges[static_cast<std::size_t>(drawn->next_with_same_end)];
    }
    segments.push_back({text.substr(drawn->begin, end - drawn->begin), drawn->piece});
    end = drawn->begin;
  }
  std::reverse(segments.begin(), segments.end());
  return segments;
}

std::vector<Segment> SegmentationSampler::bpe(std::string_view text, double dropout, Random& random) const {
  std::vector<Segment> segments;
  for (std::size_t end = 0; end < text.size();) {
    const std::size_t begin = end;
    next_code_point(text, end);
    segments.push_back({text.substr(begin, end - begin), find(text.substr(begin, end - begin))});
  }
  const auto joined = [&](std::size_t first) {  // with its right neighbour
    const std::string_view both(segments[first].text.data(), segments[first].text.size() + segments[first + 1].text.size());
    return Segment{both, find(both)};
  };
  std::vector<Segment> merges;  // merges[i] joins segments i and i + 1
  for (std::size_t first = 0; first + 1 < segments.size(); ++first) merges.push_back(joined(first));
  for (;;) {
    const Segment* best = nullptr;
    for (const auto& merge : merges) {
      if (merge.piece == Segment::kNoPiece || (dropout > 0 && random.uniform() < dropout)) continue;
      const auto score = [&](const Segment& segment) { return scores_[static_cast<std::size_t>(segment.piece)]; };
      if (best == nullptr || score(merge) > score(*best)) best = &merge;
    }
    if (best == nullptr) return segments;
    const auto first = best - merges.begin().base();
    segments[static_cast<std::size_t>(first)] = *best;
    segments.erase(segments.begin() + first + 1);
    merges.erase(merges.begin() + first);
    if (first > 0) merges[static_cast<std::size_t>(first) - 1] = joined(static_cast<std::size_t>(first) - 1);
    if (first < std::ssize(merges)) merges[static_cast<std::size_t>(first)] = joined(static_cast<std::size_t>(first));
  }
}

}  // namespace mynah
