// How far training has come and how far it shall go: spans with units, as `--after 50Ku` and every frequency take them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace mynah::training {

enum class Unit { updates, target_tokens, epochs, seconds };

/// How far training has come, in every unit.
struct Standing {
  std::int64_t updates = 0;
  std::int64_t target_tokens = 0;
  double epochs = 0;
  double seconds = 0;  // of training, summed over its sessions

  double in(Unit unit) const;
};
Json to_json(const Standing& standing);
Standing standing_from_json(const Json& json);

/// So much training: 50Ku updates, 2Gt target tokens, 20e epochs, 90min, 4h (also 30s, 2d); a bare number is updates.
struct Span {
  double amount = 0;
  Unit unit = Unit::updates;
};

/// Throws UsageError naming `option` and the spellings that are understood.
Span parse_span(std::string_view text, std::string_view option);

/// Several limits with commas between them, of which the first one reached counts: "20e,90min".
std::vector<Span> parse_limits(std::string_view text, std::string_view option);

/// How much of the way to the nearest limit is done; 1 or more: it is reached. 0 when there are no limits.
double fraction_done(const std::vector<Span>& limits, const Standing& standing);

/// Something done once every span: due when a multiple of the span has been passed since it was last done; never for a span of 0.
class Frequency {
 public:
  explicit Frequency(Span span, Standing last = {}) : span_(span), last_(last) {}
  bool due(const Standing& now) const;
  void done(const Standing& now) { last_ = now; }
  const Standing& last() const { return last_; }

 private:
  Span span_;
  Standing last_;
};

}  // namespace mynah::training
