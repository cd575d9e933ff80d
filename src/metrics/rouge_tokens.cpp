#include "metrics/rouge_tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "metrics/bleu_tokenizers.h"
#include "metrics/ngrams.h"
#include "text/porter_stemmer.h"
#include "text/utf8.h"

namespace mynah::metrics {
namespace {

bool is_word_letter(char32_t letter) { return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'); }

}  // namespace

RougeTokens rouge_tokens_for(std::string_view language) {
  return bleu_tokenizer_for(language) == "13a" ? RougeTokens::words : RougeTokens::characters;
}

RougeTokens rouge_tokens_of(std::span<const std::string> texts) {
  std::size_t letters = 0, unspaced = 0;
  for (const std::string& text : texts) {
    for (const char32_t letter : code_points(text)) {
      if (!u_isalpha(static_cast<UChar32>(letter))) continue;
      UErrorCode status = U_ZERO_ERROR;
      ++letters;
      unspaced += uscript_breaksBetweenLetters(uscript_getScript(static_cast<UChar32>(letter), &status)) ? 1U : 0U;
    }
  }
  return 2 * unspaced > letters ? RougeTokens::characters : RougeTokens::words;
}

char32_t RougeTokenizer::number(const std::string& word) {
  constexpr std::size_t kLongestUnstemmed = 3;
  const auto [entry, is_new] = words_.try_emplace(word, 0);
  if (is_new) {
    const auto next = static_cast<char32_t>(stems_.size());
    entry->second = stems_.try_emplace(word.size() > kLongestUnstemmed ? porter_stem(word) : word, next).first->second;
  }
  return entry->second;
}

std::u32string RougeTokenizer::tokenize(std::string_view text) {
  constexpr char32_t kAlone = 0x80000000;  // numbers of characters that stand alone lie above those of words
  std::u32string tokens;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) tokens.push_back(number(word));
    word.clear();
  };
  for (const char32_t letter : code_points(lower_case(text))) {
    if (is_word_letter(letter)) {
      word.push_back(static_cast<char>(letter));
      continue;
    }
    end_word();
    if (tokens_ == RougeTokens::characters && u_isalnum(static_cast<UChar32>(letter))) tokens.push_back(kAlone | letter);
  }
  end_word();
  return tokens;
}

std::vector<std::u32string> RougeTokenizer::tokenize_lines(std::string_view text) {
  std::vector<std::u32string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(tokenize(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

}  // namespace mynah::metrics
