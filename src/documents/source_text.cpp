#include "documents/source_text.h"

#include <algorithm>

#include "text/sentences.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }
bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }

/// Fewer capitals than sentences of any language would begin with.
bool is_lower_cased(std::string_view text) {
  constexpr std::ptrdiff_t kLettersPerCapital = 400;
  return std::ranges::count_if(text, is_upper) * kLettersPerCapital <= std::ranges::count_if(text, is_lower);
}

/// Lower-cased text with capitals where sentences seem to begin; other text as it is. Nothing moves.
std::string with_capitals(std::string text) {
  if (!is_lower_cased(text)) return text;
  bool after_end = false;  // behind a full stop and the like, and white space, and opening quotation marks
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char last = text[i - 1];
    if (last == '.' || last == '!' || last == '?') {
      after_end = text[i] == ' ' || text[i] == '"' || text[i] == '\'' || text[i] == ')';
    } else if (after_end && is_lower(text[i])) {
      text[i] = static_cast<char>(text[i] - 'a' + 'A');
      after_end = false;
    } else if ((text[i] & 0x80) != 0 || (text[i] >= '0' && text[i] <= '9')) {
      after_end = false;
    }
  }
  return text;
}

/// The document's paragraphs that are prose, or all where none is.
std::vector<std::size_t> prose_of(const Document& document) {
  std::vector<std::size_t> prose, all;
  for (std::size_t i = 0; i < document.paragraphs.size(); ++i) {
    all.push_back(i);
    if (document.paragraphs[i].kind == ParagraphKind::prose) prose.push_back(i);
  }
  return prose.empty() ? all : prose;
}

/// The text behind the mark of a list item.
std::string_view without_bullet(std::string_view text) {
  for (const std::string_view bullet : {"\u2022", "* ", "- "}) {
    if (text.starts_with(bullet)) return trim_start(text.substr(bullet.size()));
  }
  return text;
}

class Cutter {
 public:
  explicit Cutter(const std::string& language) : sentences_(language), words_(language), terms_(language) {}

  void add(const Document& document, std::size_t number, SourceText& source) {
    std::size_t position = 0;
    for (const std::size_t paragraph : prose_of(document)) {
      const std::string_view text = without_bullet(document.paragraphs[paragraph].text);
      const std::string capitalized = with_capitals(std::string(text));
      for (const Sentence& cut : sentences_.split(capitalized)) {
        const auto begin = static_cast<std::size_t>(cut.text.data() - capitalized.data());
        SourceSentence sentence{std::string(text.substr(begin, cut.text.size())), number, paragraph, position++, 0, {}};
        sentence.terms = terms_of(sentence.text);
        sentence.words = sentence.terms.size();
        source.words += sentence.words;
        source.sentences.push_back(std::move(sentence));
      }
    }
  }

  std::vector<TermId> terms_of(std::string_view text) {
    std::vector<TermId> terms;
    for (const std::string_view word : words_.split(text)) terms.push_back(terms_.id(word));
    return terms;
  }

  std::size_t terms() const { return terms_.size(); }

 private:
  SentenceSplitter sentences_;
  WordSplitter words_;
  Terms terms_;
};

}  // namespace

SourceText source_text(std::span<const Document> documents, const std::string& language, std::string_view title) {
  SourceText source;
  Cutter cutter(language);
  for (std::size_t i = 0; i < documents.size(); ++i) cutter.add(documents[i], i, source);
  source.terms = cutter.terms();
  source.language = language;
  source.title = cutter.terms_of(title);
  std::erase_if(source.title, [&](TermId term) { return term >= source.terms; });
  return source;
}

}  // namespace mynah::documents
