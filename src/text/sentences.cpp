#include "text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>

#include "base/error.h"
#include "text/abbreviations.h"
#include "text/utf8.h"

namespace mynah {
namespace {

icu::Locale locale_of(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag(std::string(language), status);
  return U_SUCCESS(status) && !locale.isBogus() ? locale : icu::Locale::getRoot();
}

/// Calls visit(byte offset) with every boundary behind 0, the end of the text included. Works on a copy of the rules, so that
/// they can be shared between threads.
template <class Visit>
void each_boundary(const icu::BreakIterator& rules, std::string_view text, Visit visit) {
  const std::unique_ptr<icu::BreakIterator> iterator(rules.clone());
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUTextPointer view(utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  iterator->setText(view.getAlias(), status);
  ensure(U_SUCCESS(status), "ICU reads UTF-8");
  iterator->first();
  for (int end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next()) visit(static_cast<std::size_t>(end));
}

/// Where straight quotation marks are open. Asked about places near each other, it goes on from the last one.
class StraightQuotes {
 public:
  explicit StraightQuotes(std::string_view text) : text_(text) {}

  bool open_at(std::size_t offset) {
    for (; place_ < offset; ++place_) open_ ^= text_[place_] == '"';
    for (; place_ > offset; --place_) open_ ^= text_[place_ - 1] == '"';
    return open_;
  }

 private:
  std::string_view text_;
  std::size_t place_ = 0;
  bool open_ = false;
};

/// Gives marks at a boundary of ICU's to the sentence they belong to: ICU has all that touch the sentence's end close it, and
/// none that stand behind white space.
class BoundaryMarks {
 public:
  explicit BoundaryMarks(std::string_view text) : text_(text), quotes_(text) {}

  /// The boundary in front of marks that open what comes next, which they touch but for a space that nothing breaks; not before
  /// `begin`.
  std::size_t before_opening(std::size_t boundary, std::size_t begin) {
    if (boundary == text_.size()) return boundary;
    for (std::size_t mark = boundary; mark > begin;) {
      const char32_t code_point = previous_code_point(text_, mark);
      if (opens(code_point, mark)) {
        boundary = mark;
      } else if (code_point != 0xA0 && code_point != 0x202F) {
        break;
      }
    }
    return boundary;
  }

  /// The boundary behind marks that close the sentence although white space parts them from it.
  std::size_t behind_closing(std::size_t boundary) {
    for (std::size_t next = boundary; next < text_.size();) {
      const std::size_t mark = next;
      const char32_t code_point = next_code_point(text_, next);
      if (!closes(code_point, mark, next)) break;
      boundary = next;
    }
    return boundary;
  }

 private:
  bool opens(char32_t mark, std::size_t at) {
    const auto type = u_charType(static_cast<UChar32>(mark));
    return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION || (mark == '"' && !quotes_.open_at(at));
  }

  /// Some languages open with what others close with, but then a letter touches it.
  bool closes(char32_t mark, std::size_t at, std::size_t next) {
    const auto type = u_charType(static_cast<UChar32>(mark));
    if (type == U_END_PUNCTUATION) return true;
    if (type != U_FINAL_PUNCTUATION && (mark != '"' || !quotes_.open_at(at))) return false;
    return next == text_.size() || !u_isalnum(static_cast<UChar32>(next_code_point(text_, next)));
  }

  std::string_view text_;
  StraightQuotes quotes_;
};

/// "12.", which is no sentence but the number of the one that follows.
bool is_list_number(std::string_view sentence) {
  constexpr std::size_t kMostDigits = 3;
  const std::size_t digits = std::min(sentence.find_first_not_of("0123456789"), sentence.size());
  return digits > 0 && digits <= kMostDigits && sentence.substr(digits) == ".";
}

/// "Is it?" he asked.
bool is_speech_going_on(std::string_view sentence, std::string_view rest) {
  std::size_t end = sentence.size(), begin = 0;
  rest = trim_start(rest);
  return !rest.empty() && u_hasBinaryProperty(static_cast<UChar32>(previous_code_point(sentence, end)), UCHAR_QUOTATION_MARK) &&
         u_islower(static_cast<UChar32>(next_code_point(rest, begin)));
}

}  // namespace

struct SentenceSplitter::Rules {
  std::unique_ptr<icu::BreakIterator> ends;
  Abbreviations abbreviations;
};

SentenceSplitter::SentenceSplitter(std::string language) {
  const auto locale = locale_of(language);
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> ends(icu::BreakIterator::createSentenceInstance(locale, status));
  ensure(U_SUCCESS(status), "ICU has sentence rules for every locale");
  rules_.reset(new Rules{std::move(ends), Abbreviations(locale.getName())});
}

SentenceSplitter::~SentenceSplitter() = default;
SentenceSplitter::SentenceSplitter(SentenceSplitter&&) noexcept = default;
SentenceSplitter& SentenceSplitter::operator=(SentenceSplitter&&) noexcept = default;

std::vector<Sentence> SentenceSplitter::split(std::string_view text) const {
  std::vector<Sentence> sentences;
  std::size_t begin = text.size() - trim_start(text).size();
  BoundaryMarks marks(text);
  each_boundary(*rules_->ends, text, [&](std::size_t boundary) {
    if (boundary <= begin) return;  // nothing but white space and closing marks, which the last sentence has
    std::size_t end = marks.before_opening(boundary, begin);
    auto sentence = trim_end(text.substr(begin, end - begin));
    if (sentence.empty()) return;
    if (end < text.size() && (rules_->abbreviations.end(sentence) || is_list_number(sentence))) return;
    end = marks.behind_closing(end);
    sentence = trim_end(text.substr(begin, end - begin));
    if (is_speech_going_on(sentence, text.substr(end))) return;
    const std::size_t next = text.size() - trim_start(text.substr(end)).size();
    sentences.push_back({sentence, text.substr(begin, next - begin).substr(sentence.size())});
    begin = next;
  });
  return sentences;
}

namespace {

/// Of the offsets offered, the one nearest to the middle of the text.
class NearestToMiddle {
 public:
  /// Offsets that are less than `margin` (at least 1) from either end do not count.
  NearestToMiddle(std::size_t size, std::size_t margin) : size_(size), margin_(std::max<std::size_t>(margin, 1)) {}
  void offer(std::size_t offset) {
    if (offset < margin_ || offset + margin_ > size_) return;
    if (best_ == 0 || from_middle(offset) < from_middle(best_)) best_ = offset;
  }
  std::size_t best() const { return best_; }  // 0: none

 private:
  std::size_t from_middle(std::size_t offset) const { return 2 * offset > size_ ? 2 * offset - size_ : size_ - 2 * offset; }
  std::size_t size_, margin_, best_ = 0;
};

/// Commas, colons, dashes and sentence ends. Those of scripts that put white space behind them need it.
bool ends_clause(char32_t mark, bool space_follows) {
  constexpr std::u32string_view kSpaced = U",;:.!?\u2013\u060C\u061B\u061F";
  constexpr std::u32string_view kUnspaced = U"\u3001\u3002\uFF0C\uFF1B\uFF1A\uFF01\uFF1F\uFF0E\uFF64\uFF61\u2026\u2014";
  return kUnspaced.find(mark) != kUnspaced.npos || (space_follows && kSpaced.find(mark) != kSpaced.npos);
}

std::size_t middle_word_boundary(std::string_view text, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(locale_of(language), status));
  ensure(U_SUCCESS(status), "ICU has word rules for every locale");
  NearestToMiddle word(text.size(), 1);
  each_boundary(*words, text, [&](std::size_t offset) { word.offer(offset); });
  return word.best();
}

}  // namespace

std::size_t split_point(std::string_view text, std::string_view language) {
  const std::size_t quarter = text.size() / 4;
  NearestToMiddle clause(text.size(), quarter), space(text.size(), quarter), any(text.size(), 1);
  char32_t last = 0, last_mark = 0;  // the code point before, white space included or not
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    const char32_t current = next_code_point(text, offset);
    any.offer(begin);
    if (is_white_space(current)) {
      last = current;
      continue;
    }
    const bool behind_space = is_white_space(last);
    if (behind_space) space.offer(begin);
    if (ends_clause(last_mark, behind_space)) clause.offer(begin);
    last = last_mark = current;
  }
  if (clause.best() > 0) return clause.best();
  if (space.best() > 0) return space.best();
  if (const std::size_t word = middle_word_boundary(text, language); word > 0) return word;
  return any.best() > 0 ? any.best() : text.size();
}

}  // namespace mynah
