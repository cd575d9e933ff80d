// Elapsed wall-clock time.
#pragma once
#include <chrono>

namespace mynah {

/// Starts when made.
class Stopwatch {
 public:
  double elapsed_seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  void restart() { start_ = std::chrono::steady_clock::now(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace mynah
