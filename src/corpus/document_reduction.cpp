#include "corpus/document_reduction.h"

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
  const documents::Ranking ranking = documents::rank_sentences(source);
  constexpr double kStep = 0.95;
  const double words_per_id = static_cast<double>(source.words) / static_cast<double>(tokenizer.encode(text).size());
  for (double words = words_per_id * static_cast<double>(most_ids); words >= 1; words *= kStep) {
    std::string reduced = style;
    const documents::Limits limits{.words = static_cast<std::size_t>(words)};
    const std::vector<std::size_t> chosen = documents::extract(source, ranking, limits);
    for (const std::size_t sentence : chosen) reduced += source.sentences[sentence].text + " ";
    if (chosen.empty()) return {};
    reduced.pop_back();
    if (tokenizer.encode(reduced).size() < most_ids) return reduced;
  }
  return {};
}

}  // namespace mynah::corpus
