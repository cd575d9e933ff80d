#include "training/figures.h"

#include <cmath>
#include <iomanip>
#include <sstream>

#include "base/error.h"

namespace mynah::training {

std::string to_duration(double seconds) {
  if (!std::isfinite(seconds)) return "an unknown time";
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  const std::int64_t days = whole / 86400, hours = whole / 3600 % 24, minutes = whole / 60 % 60;
  if (days > 0) return concat(days, " d ", hours, " h");
  if (hours > 0) return concat(hours, " h ", minutes < 10 ? "0" : "", minutes, " min");
  if (minutes > 0) return concat(minutes, " min ", whole % 60 < 10 ? "0" : "", whole % 60, " s");
  return concat(whole, " s");
}

std::string with_thousands(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t place = 0; place < digits.size(); ++place) {
    const bool group_begins = place > 0 && (digits.size() - place) % 3 == 0 && digits[place - 1] != '-';
    if (group_begins) text += ',';
    text += digits[place];
  }
  return text;
}

std::string counted(std::int64_t number, const char* one, const char* many) {
  return concat(with_thousands(number), " ", number == 1 ? one : many);
}

std::string to_size(double bytes) {
  constexpr double kKilobyte = 1e3, kMegabyte = 1e6;
  if (bytes < kMegabyte) return concat(std::lround(bytes / kKilobyte), " kB");
  return concat(std::lround(bytes / kMegabyte), " MB");
}

std::string fixed(double number, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << number;
  return text.str();
}

}  // namespace mynah::training
