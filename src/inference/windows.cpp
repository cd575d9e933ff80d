#include "inference/windows.h"

#include <algorithm>
#include <numeric>

namespace mynah::inference {
namespace {

/// Where the next window begins, so that a tenth of the last one is read again and something new as well.
std::size_t next_begin(std::span<const std::size_t> sizes, Window last, std::size_t most) {
  constexpr std::size_t kShareRepeated = 10;
  std::size_t begin = last.end, repeated = 0;
  while (begin > last.begin + 1) {
    repeated += sizes[begin - 1];
    if (repeated > most / kShareRepeated || repeated + sizes[last.end] > most) break;
    --begin;
  }
  return begin;
}

std::vector<Window> as_large_as_can_be(std::span<const std::size_t> sizes, std::size_t most) {
  std::vector<Window> windows;
  for (std::size_t begin = 0; begin < sizes.size();) {
    Window window{begin, begin};
    for (std::size_t size = 0; window.end < sizes.size(); ++window.end) {
      size += sizes[window.end];
      if (size > most && window.end > begin) break;
    }
    windows.push_back(window);
    begin = window.end == sizes.size() ? window.end : next_begin(sizes, window, most);
  }
  return windows;
}

}  // namespace

std::vector<Window> windows_over(std::span<const std::size_t> sizes, std::size_t most, std::size_t least) {
  const std::size_t wanted = std::max(as_large_as_can_be(sizes, most).size(), std::min(least, sizes.size()));
  if (wanted <= 1) return as_large_as_can_be(sizes, most);
  const std::size_t total = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  std::size_t too_small = total / wanted / 2, enough = most;  // the smallest size that needs no more windows than are wanted
  while (too_small + 1 < enough) {
    const std::size_t middle = (too_small + enough) / 2;
    (as_large_as_can_be(sizes, middle).size() <= wanted ? enough : too_small) = middle;
  }
  return as_large_as_can_be(sizes, enough);
}

}  // namespace mynah::inference
