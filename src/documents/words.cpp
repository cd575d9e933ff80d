#include "documents/words.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/error.h"
#include "text/porter_stemmer.h"
#include "text/utf8.h"

namespace mynah::documents {

struct WordSplitter::Iterator {
  std::unique_ptr<icu::BreakIterator> boundaries;
  UText view = UTEXT_INITIALIZER;

  ~Iterator() { utext_close(&view); }
};

WordSplitter::WordSplitter(const std::string& language) : iterator_(std::make_unique<Iterator>()) {
  UErrorCode status = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag(language, status);
  const bool known = U_SUCCESS(status) && !locale.isBogus();
  status = U_ZERO_ERROR;
  iterator_->boundaries.reset(icu::BreakIterator::createWordInstance(known ? locale : icu::Locale::getRoot(), status));
  ensure(U_SUCCESS(status), "ICU has word rules for every locale");
}

WordSplitter::~WordSplitter() = default;

std::vector<std::string_view> WordSplitter::split(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&iterator_->view, text.data(), static_cast<std::int64_t>(text.size()), &status);
  icu::BreakIterator& boundaries = *iterator_->boundaries;
  boundaries.setText(&iterator_->view, status);
  ensure(U_SUCCESS(status), "ICU reads UTF-8");
  std::vector<std::string_view> words;
  auto begin = static_cast<std::size_t>(boundaries.first());
  for (int next = boundaries.next(); next != icu::BreakIterator::DONE; next = boundaries.next()) {
    const auto end = static_cast<std::size_t>(next);
    if (boundaries.getRuleStatus() >= UBRK_WORD_NONE_LIMIT) words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

TermId Terms::id(std::string_view word) {
  const auto [known, is_new] = words_.try_emplace(std::string(word), 0);
  if (!is_new) return known->second;
  const std::string lower = lower_case(word);
  const auto next = static_cast<TermId>(terms_.size());
  return known->second = terms_.try_emplace(stems_ ? porter_stem(lower) : lower, next).first->second;
}

}  // namespace mynah::documents
