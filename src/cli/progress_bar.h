// How far long work is, as a bar on a terminal or as a line now and then in a log.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/progress.h"
#include "cli/terminal.h"

namespace mynah::cli {

/// Rate and remaining time since the first update, so that work gone on with is not counted as done in no time.
class ProgressBar : public Progress {
 public:
  using Clock = std::function<double()>;  // seconds since any moment
  ProgressBar(Terminal& terminal, Clock clock) : terminal_(terminal), clock_(std::move(clock)) {}
  ~ProgressBar() override;

  void update(std::uint64_t done, std::uint64_t total, std::string_view detail) override;
  void finish() override;

 private:
  struct Beginning {
    double seconds;
    std::uint64_t done;
  };
  std::string text(std::uint64_t done, std::uint64_t total, std::string_view detail, double now) const;

  Terminal& terminal_;
  Clock clock_;
  std::optional<Beginning> beginning_;
  double shown_seconds_ = 0;
};

/// "3:05" or "1:02:03", rounded.
std::string duration_text(double seconds);
/// Three significant digits with k, M, G: "512", "4.20k", "1.30M".
std::string amount_text(double amount);

}  // namespace mynah::cli
