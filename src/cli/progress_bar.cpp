#include "cli/progress_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/error.h"
#include "base/stopwatch.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

constexpr double kSecondsBetweenBars = 0.1;
constexpr double kSecondsBetweenLines = 30;
constexpr int kCells = 20;

std::string drawing(double share) {
  const int filled = static_cast<int>(share * kCells);
  std::string text;
  for (int cell = 0; cell < kCells; ++cell) text += cell < filled ? "━" : "╌";
  return text;
}

template <class... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

class Silence : public Progress {
 public:
  void update(std::uint64_t, std::uint64_t, std::string_view) override {}
  void finish() override {}
};

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::llround(seconds));
  const long long hours = whole / 3600, minutes = whole / 60 % 60;
  return hours > 0 ? formatted("%lld:%02lld:%02lld", hours, minutes, whole % 60) : formatted("%lld:%02lld", minutes, whole % 60);
}

std::string amount_text(double amount) {
  const char* unit = "";
  for (const char* larger : {"k", "M", "G"}) {
    if (amount < 999.5) break;
    amount /= 1000;
    unit = larger;
  }
  const int decimals = *unit == '\0' || amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2;
  return formatted("%.*f%s", decimals, amount, unit);
}

ProgressBar::~ProgressBar() { ProgressBar::finish(); }

std::string ProgressBar::text(std::uint64_t done, std::uint64_t total, std::string_view detail, double now) const {
  std::string text;
  if (total > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    text = formatted("%3d%% ", static_cast<int>(share * 100));
    if (terminal_.can_move()) text += drawing(share) + " ";
  }
  text += amount_text(static_cast<double>(done));
  if (total > 0) text += "/" + amount_text(static_cast<double>(total));
  const double seconds = now - beginning_->seconds;
  if (done > beginning_->done && seconds > 0) {
    const double rate = static_cast<double>(done - beginning_->done) / seconds;
    text += concat(", ", amount_text(rate), "/s");
    if (total > done) text += concat(", ", duration_text(static_cast<double>(total - done) / rate), " left");
  }
  if (!detail.empty()) text += concat(", ", detail);
  return text;
}

void ProgressBar::update(std::uint64_t done, std::uint64_t total, std::string_view detail) {
  const double now = clock_();
  if (!beginning_) {
    beginning_ = {now, done};
    shown_seconds_ = now;
    return;
  }
  if (now - shown_seconds_ < (terminal_.can_move() ? kSecondsBetweenBars : kSecondsBetweenLines)) return;
  shown_seconds_ = now;
  if (terminal_.can_move()) {
    terminal_.bar(text(done, total, detail, now));
  } else {
    terminal_.line(text(done, total, detail, now));
  }
}

void ProgressBar::finish() {
  if (terminal_.can_move()) terminal_.bar("");
  beginning_.reset();
}

std::unique_ptr<Progress> standard_progress(bool quiet) {
  if (quiet) return std::make_unique<Silence>();
  return std::make_unique<ProgressBar>(Terminal::standard(), [watch = Stopwatch()] { return watch.elapsed_seconds(); });
}

}  // namespace mynah::cli
