#include "corpus/document_reduction.h"

#include <algorithm>
#include <array>

#include "documents/extraction.h"
#include "documents/ranking.h"

namespace mynah::corpus {

std::string_view style_token(std::string_view text) {
  if (!text.starts_with(">>")) return {};
  const std::size_t end = text.find("<< ");
  return end == text.npos ? std::string_view() : text.substr(0, end + 3);
}

std::string reduced_document(std::string_view text, const std::string& language, const Tokenizer& tokenizer,
                             std::size_t most_ids) {
  const std::string style(style_token(text));
  std::array<documents::Document, 1> document;
  document[0].paragraphs.emplace_back().text = text.substr(style.size());
  const documents::SourceText source = documents::source_text(document, language);
  const std::size_t words = source.words * most_ids / std::max<std::size_t>(1, tokenizer.encode(text).size());
  std::string reduced;
  const auto fits = [&](const std::vector<std::size_t>& chosen) {
    reduced = style;
    for (const std::size_t sentence : chosen) reduced += source.sentences[sentence].text + " ";
    reduced.pop_back();
    return tokenizer.encode(reduced).size() < most_ids;
  };
  return documents::extract_fitting(source, documents::rank_sentences(source), words, fits).empty() ? "" : reduced;
}

}  // namespace mynah::corpus
