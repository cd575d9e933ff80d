#include "inference/preparation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/utf8.h"

namespace mynah::inference {
namespace {

/// Whether a language puts spaces between sentences and words. (Korean does.)
bool writes_spaces(std::string_view language) {
  constexpr std::array<std::string_view, 9> kWithout = {"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"};
  return std::ranges::find(kWithout, language.substr(0, language.find_first_of("-_"))) == kWithout.end();
}

/// At most so many bytes of the text, whole code points.
std::string_view beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
  while (continues(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

constexpr std::size_t kMostBytesPerPiece = 64;

}  // namespace

Preparation::Preparation(TokenizerPair tokenizers, std::string source_language, std::string target_language,
                         const GenerationOptions& options)
    : tokenizers_(std::move(tokenizers)),
      source_language_(std::move(source_language)),
      source_has_spaces_(writes_spaces(source_language_)),
      target_has_spaces_(writes_spaces(target_language)),
      splitter_(source_language_),
      split_sentences_(options.split_sentences),
      limit_(static_cast<std::size_t>(options.max_source_length)),
      longest_(kMostBytesPerPiece * limit_) {}

PreparedLine Preparation::prepare(std::string_view line) const {
  PreparedLine prepared;
  std::size_t repairs = 0;
  const std::string text = repair_utf8(line, &repairs);
  prepared.repaired = repairs > 0;
  const std::string_view trimmed = trim_end(trim_start(text));
  const std::vector<Sentence> sentences =
      split_sentences_ ? splitter_.split(trimmed) : std::vector<Sentence>{{trimmed, std::string_view()}};
  for (const auto& [sentence, separator] : sentences) {
    const std::size_t before = prepared.sentences.size();
    add(sentence, separator, prepared);
    if (prepared.sentences.size() > before + 1) ++prepared.split_sentences;
  }
  if (!prepared.sentences.empty()) prepared.sentences.back().part.separator.clear();
  return prepared;
}

/// Whether the text has at most as many ids as the limit; they are left in `ids`. Very long ones are not even tokenized.
bool Preparation::fits(std::string_view text, std::vector<TokenId>& ids) const {
  if (text.size() > longest_) return false;
  ids = tokenizers_.source->encode(text);
  return ids.size() < limit_;
}

void Preparation::add(std::string_view text, std::string_view separator, PreparedLine& line) const {
  std::vector<TokenId> ids;
  while (!fits(text, ids) && first_code_points(text, 1) != text) {
    const std::size_t cut = split_point(beginning(text, longest_), source_language_);
    const std::string_view first = trim_end(text.substr(0, cut));
    add(first, text.substr(first.size(), cut - first.size()), line);
    text = trim_start(text.substr(cut));
  }
  if (ids.empty()) return;  // nothing a model could see
  Part part{std::string(text), output_separator(separator), {}, {}, {}};
  for (const TokenId id : ids) part.source_pieces.push_back(tokenizers_.vocabulary->piece(id));
  ids.push_back(tokenizers_.vocabulary->end());
  line.sentences.push_back({std::move(part), std::move(ids)});
}

std::string Preparation::output_separator(std::string_view separator) const {
  if (!target_has_spaces_) return {};
  if (separator.empty() && !source_has_spaces_) return " ";
  return std::string(separator);
}

}  // namespace mynah::inference
