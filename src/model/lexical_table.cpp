#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/error.h"
#include "base/files.h"
#include "model/shortlist_file.h"

namespace mynah::model {
namespace {

constexpr std::string_view kNoWord = "NULL";

/// The next word of a line, which is taken off it; empty at the end.
std::string_view take_word(std::string_view& line) {
  constexpr const char* kBlank = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlank));
  line.remove_prefix(word.size());
  return word;
}

struct TableLine {
  std::string_view target, source;
  double probability = 0;
};

TableLine parse(std::string_view line, const LineReader& reader) {
  const std::string_view whole = line;
  TableLine parsed{take_word(line), take_word(line)};
  const std::string_view number = take_word(line);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), parsed.probability);
  const bool is_probability =
      error == std::errc() && end == number.data() + number.size() && parsed.probability >= 0 && parsed.probability <= 1.001;
  if (!is_probability || !take_word(line).empty()) {
    throw Error(concat(reader.path(), ":", reader.line_number(), ": expected 'target source probability', found '",
                       whole.substr(0, 80), "'"));
  }
  return parsed;
}

}  // namespace

Shortlist read_lexical_table(const std::string& path, const Vocabulary& vocabulary, const Log& log) {
  const auto size = static_cast<std::size_t>(vocabulary.size());
  Lexicon lexicon{std::vector<std::vector<Translation>>(size), std::vector<double>(size)};
  std::uint64_t known = 0, unknown = 0;
  std::string example;
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    const auto [target_piece, source_piece, probability] = parse(line, reader);
    if (target_piece == kNoWord || source_piece == kNoWord) continue;
    const auto target = vocabulary.id(target_piece), source = vocabulary.id(source_piece);
    if (target && source) {
      lexicon.translations[static_cast<std::size_t>(*source)].push_back({*target, static_cast<float>(probability)});
      lexicon.frequency[static_cast<std::size_t>(*target)] += probability;
      ++known;
    } else if (unknown++ == 0) {
      example = target ? source_piece : target_piece;
    }
  }
  if (known == 0) {
    throw Error(concat(path, ": none of its ", unknown,
                       " lines names pieces of the model's vocabulary; are its words pieces, as ",
                       vocabulary.piece(vocabulary.size() / 2), "?"));
  }
  if (unknown > 0) {
    log.warning(concat(path, ": ", unknown, unknown == 1 ? " line names a piece" : " lines name pieces",
                       " that the model's vocabulary does not have (", example, "); left out"));
  }
  return make_shortlist(lexicon, vocabulary, {.least = 0});
}

}  // namespace mynah::model
