// A long input as stretches that a network can read at once.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace mynah::inference {

/// Sentences [begin, end).
struct Window {
  std::size_t begin, end;

  bool operator==(const Window&) const = default;
};

/// Windows of sentences with these sizes, none larger than `most` unless it is a single sentence. They cover every sentence, are
/// about equally large, and each begins with sentences of the one before, about a tenth of it, where that leaves room for new
/// ones. At least `least` windows, where there are so many sentences.
std::vector<Window> windows_over(std::span<const std::size_t> sizes, std::size_t most, std::size_t least = 1);

}  // namespace mynah::inference
