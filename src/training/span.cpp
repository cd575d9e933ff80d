#include "training/span.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"

namespace mynah::training {
namespace {

struct Suffix {
  std::string_view text;
  Unit unit;
  double factor;
};

constexpr Suffix kSuffixes[] = {{"", Unit::updates, 1},     {"u", Unit::updates, 1},    {"t", Unit::target_tokens, 1},
                                {"e", Unit::epochs, 1},     {"s", Unit::seconds, 1},    {"min", Unit::seconds, 60},
                                {"h", Unit::seconds, 3600}, {"d", Unit::seconds, 86400}};

std::optional<Span> read_span(std::string_view text) {
  double amount = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), amount, std::chars_format::fixed);
  if (failure != std::errc() || !std::isfinite(amount) || amount < 0) return std::nullopt;
  std::string_view suffix = text.substr(static_cast<std::size_t>(end - text.data()));
  constexpr std::string_view kThousands = "KMG";
  if (!suffix.empty() && kThousands.find(suffix[0]) != std::string_view::npos) {
    amount *= std::pow(1000.0, static_cast<double>(kThousands.find(suffix[0]) + 1));
    suffix.remove_prefix(1);
  }
  for (const Suffix& known : kSuffixes) {
    if (known.text == suffix) return Span{amount * known.factor, known.unit};
  }
  return std::nullopt;
}

}  // namespace

double Standing::in(Unit unit) const {
  switch (unit) {
    case Unit::updates:
      return static_cast<double>(updates);
    case Unit::target_tokens:
      return static_cast<double>(target_tokens);
    case Unit::epochs:
      return epochs;
    case Unit::seconds:
      return seconds;
  }
  return 0;
}

Json to_json(const Standing& standing) {
  return {{"updates", standing.updates},
          {"target_tokens", standing.target_tokens},
          {"epochs", standing.epochs},
          {"seconds", standing.seconds}};
}

Standing standing_from_json(const Json& json) {
  return {json.at("updates").get<std::int64_t>(), json.at("target_tokens").get<std::int64_t>(), json.at("epochs").get<double>(),
          json.at("seconds").get<double>()};
}

Span parse_span(std::string_view text, std::string_view option) {
  if (const auto span = read_span(text)) return *span;
  throw UsageError(concat("--", option, ": \"", text,
                          "\" is no span; write updates (500u, 50Ku), target tokens (2Gt), epochs (20e) ",
                          "or time (90s, 90min, 4h, 2d)"));
}

std::vector<Span> parse_limits(std::string_view text, std::string_view option) {
  std::vector<Span> limits;
  while (true) {
    const std::size_t comma = text.find(',');
    limits.push_back(parse_span(text.substr(0, comma), option));
    if (comma == std::string_view::npos) return limits;
    text.remove_prefix(comma + 1);
  }
}

double fraction_done(const std::vector<Span>& limits, const Standing& standing) {
  double fraction = 0;
  for (const Span& limit : limits) {
    fraction = std::max(fraction, limit.amount > 0 ? standing.in(limit.unit) / limit.amount : 1.0);
  }
  return fraction;
}

bool Frequency::due(const Standing& now) const {
  if (span_.amount <= 0) return false;
  return std::floor(now.in(span_.unit) / span_.amount) > std::floor(last_.in(span_.unit) / span_.amount);
}

}  // namespace mynah::training
