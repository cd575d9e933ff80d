// Progress of long work: a bar on a terminal, a plain line now and then in a log, nothing in a test.
#pragma once
#include <cstdint>
#include <string_view>

namespace mynah {

/// Told how far the work is; shows it as it sees fit. `total` 0 means unknown.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void update(std::uint64_t done, std::uint64_t total, std::string_view detail) = 0;
  /// The work is over (or given up): the bar is removed.
  virtual void finish() = 0;
};

}  // namespace mynah
