#include "corpus/pair_check.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/error.h"
#include "corpus/shared_words.h"
#include "corpus/text_key.h"
#include "text/chinese_numbers.h"
#include "text/damage.h"
#include "text/language.h"
#include "text/mojibake.h"
#include "text/numbers.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

constexpr std::string_view kByteOrderMark = "\uFEFF", kReplacement = "\uFFFD";

std::string_view trimmed(std::string_view text) { return trim_end(trim_start(text)); }

/// "U+0085".
std::string code_point_name(std::string_view character) {
  std::size_t offset = 0;
  std::ostringstream name;
  name << "U+" << std::hex << std::uppercase;
  name.width(4);
  name.fill('0');
  name << static_cast<std::uint32_t>(next_code_point(character, offset));
  return name.str();
}

/// "source" and "target", as details begin.
struct Side {
  const char* name;
  std::string_view text;
  const std::string& language;
  SideWords words;
};

class PairChecker {
 public:
  PairChecker(CheckedPair& pair, const PairRules& rules) : pair_(pair), rules_(rules) {}

  void check() {
    const TextPair& text = pair_.text;
    if (!text.fault.empty()) return add(Fault::malformed, text.fault);
    const std::string_view source = trimmed(text.source), target = trimmed(text.target);
    if (source.empty() || target.empty()) {
      return add(Fault::empty, source.empty() ? (target.empty() ? "both sides" : "source") : "target");
    }
    pair_.source = text_key(source);
    pair_.target = text_key(target);
    pair_.plain_source = plain_text_key(source, &pair_.source_length);
    pair_.plain_target = plain_text_key(target, &pair_.target_length);
    const bool valid = is_valid_utf8(source) && is_valid_utf8(target);
    const auto words = [&](std::string_view side, std::string_view other) {
      return valid ? words_beside(side, other) : SideWords{};
    };
    const Side sides[] = {{"source", source, rules_.source_language, words(source, target)},
                          {"target", target, rules_.target_language, words(target, source)}};
    for (const Side& side : sides) check_encoding(side);
    if (valid && !is_valid_utf8(pair_.raw)) add(Fault::invalid_utf8, "line");  // JSON was repaired to be read
    if (!valid) return;
    for (const Side& side : sides) check_length(side);
    check_lengths(sides[0], sides[1]);
    check_languages(sides[0], sides[1]);
    if (!has(Fault::too_long)) check_numbers(sides[0], sides[1]);  // whose time grows with the square of the length
    for (const Side& side : sides) {
      add_found(Fault::tag, side, find_tag(side.text));
      add_found(Fault::entity, side, find_entity(side.text));
    }
  }

 private:
  std::vector<Found>::iterator found(Fault fault) const {
    return std::find_if(pair_.found.begin(), pair_.found.end(), [&](const Found& each) { return each.fault == fault; });
  }
  bool has(Fault fault) const { return found(fault) != pair_.found.end(); }

  void add(Fault fault, std::string detail) {
    const auto known = found(fault);
    if (known == pair_.found.end()) {
      pair_.found.push_back({fault, std::move(detail)});
    } else {
      known->detail += "; " + detail;
    }
  }

  void add_found(Fault fault, const Side& side, std::string_view what) {
    constexpr std::size_t kShown = 40;
    if (!what.empty()) add(fault, concat(side.name, ": ", first_code_points(what, kShown)));
  }

  void check_encoding(const Side& side) {
    if (!is_valid_utf8(side.text)) return add(Fault::invalid_utf8, side.name);
    if (side.text.find('\0') != side.text.npos) add(Fault::nul, side.name);
    if (side.text.find(kByteOrderMark) != side.text.npos) add(Fault::byte_order_mark, side.name);
    if (side.text.find(kReplacement) != side.text.npos) add(Fault::replacement_character, side.name);
    const std::string_view control = find_control(side.text);
    if (!control.empty() && control[0] != '\0') add(Fault::control_character, concat(side.name, ": ", code_point_name(control)));
    add_found(Fault::mojibake, side, find_mojibake(side.text));
    add_found(Fault::double_escaped, side, find_double_escape(side.text));
  }

  /// A piece of a tokenizer is seldom more than two letters of a script without spaces.
  void check_length(const Side& side) {
    const std::size_t words = side.words.words - side.words.unspaced + side.words.unspaced / 2;
    if (words > static_cast<std::size_t>(rules_.max_length)) add(Fault::too_long, concat(side.name, ": ", words));
  }

  /// What both sides share, as names and code, is as long on both.
  void check_lengths(const Side& source, const Side& target) {
    constexpr double kDeviations = 6, kFactor = 2, kLongEnough = 40;
    const auto own = [](const Side& side) { return count_code_points(side.text) - side.words.shared_letters; };
    const std::size_t own_source = own(source), own_target = own(target);
    const auto shared = static_cast<double>(std::max(source.words.shared_letters, target.words.shared_letters));
    const double expected = shared + rules_.lengths.ratio() * static_cast<double>(own_source);
    const double found = shared + static_cast<double>(own_target);
    const double longer = std::max(expected, found), factor = longer / std::max(1.0, std::min(expected, found));
    const bool learnt = rules_.lengths.learnt();  // else nothing is known of the two languages, Chinese may be one
    const bool unusual = learnt && std::abs(rules_.lengths.deviation(own_source, own_target)) > kDeviations && factor > kFactor;
    const double most = (learnt ? 1 : 2) * rules_.max_length_ratio;
    if (unusual || (factor > most && longer > kLongEnough)) {
      add(Fault::uneven, concat(count_code_points(source.text), " and ", count_code_points(target.text), " characters"));
    }
  }

  void check_languages(const Side& source, const Side& target) {
    constexpr double kMost = 0.9;
    constexpr std::size_t kFewestSmall = 3, kFewestWords = 4, kEnoughWords = 6;
    const auto shared = [](const Side& side) { return static_cast<double>(side.words.words - side.words.own_words); };
    const auto copied = [&](const Side& side) {
      return side.words.shared_small >= kFewestSmall && shared(side) >= kMost * static_cast<double>(side.words.words);
    };
    if (copied(source) && copied(target) && (source.language.empty() || source.language != target.language)) {
      return add(Fault::untranslated, "");
    }
    for (const Side* side : {&source, &target}) {
      const SideWords& words = side->words;
      if (words.own_words < kFewestWords) continue;
      if (!fits_script(words.initials, side->language)) {
        add(Fault::wrong_script, side->name);
      } else if (words.own_words >= kEnoughWords) {
        const std::string other = language_instead(words.own, side->language);
        const bool sure = !other.empty() && language_instead(side->text, side->language) == other;
        if (sure) add(Fault::wrong_language, concat(side->name, ": ", other));
      }
    }
  }

  /// A round number may be spelled out, unless the other side has a number in its place.
  void check_numbers(const Side& source, const Side& target) {
    std::string detail;
    for (const auto& [side, other] : {std::pair(&source, &target), std::pair(&target, &source)}) {
      for (const Number& number : missing_numbers(side->text, other->text, other->language)) {
        if (is_small(number) || is_year_of_taiwan(number, other->text)) continue;
        detail += concat(detail.empty() ? "" : ", ", number.text);
      }
    }
    if (!detail.empty()) add(Fault::numbers, detail);
  }

  /// Up to 12: the marks of lists, months, and what is put in other words ("both").
  static bool is_small(const Number& number) {
    constexpr std::size_t kEnoughDigits = 18;
    return number.digits.size() <= kEnoughDigits && std::stoll(number.digits) <= 12;
  }

  /// 2010 where the other side has 九十九, the 99th year of the Republic of China.
  static bool is_year_of_taiwan(const Number& number, std::string_view other) {
    constexpr int kBeforeTheFirst = 1911;
    if (number.digits.size() != 4) return false;
    const std::string year = std::to_string(std::stoi(number.digits) - kBeforeTheFirst);
    const std::vector<std::string> numbers = chinese_numbers(other);
    return std::find(numbers.begin(), numbers.end(), year) != numbers.end();
  }

  CheckedPair& pair_;
  const PairRules& rules_;
};

}  // namespace

void check_pair(CheckedPair& pair, const PairRules& rules) { PairChecker(pair, rules).check(); }

}  // namespace mynah::corpus
