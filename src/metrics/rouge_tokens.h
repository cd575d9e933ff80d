// What ROUGE counts: words as the rouge-score package cuts them, or characters where a language writes no spaces.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mynah::metrics {

/// Words: runs of a … z and 0 … 9 after lower-casing, those of more than three letters by their Porter stem; nothing else counts.
/// Characters: every other letter or digit counts too, each alone; for Chinese and whatever is written without spaces.
enum class RougeTokens { words, characters };

/// Characters for languages written without spaces (zh, ja, th …), else words.
RougeTokens rouge_tokens_for(std::string_view language);
/// Characters when most letters of the texts are of such a script.
RougeTokens rouge_tokens_of(std::span<const std::string> texts);

/// Cuts text into tokens and gives equal ones equal numbers, over all texts that one object sees.
class RougeTokenizer {
 public:
  explicit RougeTokenizer(RougeTokens tokens) : tokens_(tokens) {}

  std::u32string tokenize(std::string_view text);
  /// Line by line, as ROUGE-Lsum takes sentences.
  std::vector<std::u32string> tokenize_lines(std::string_view text);

 private:
  char32_t number(const std::string& word);

  RougeTokens tokens_;
  std::unordered_map<std::string, char32_t> words_, stems_;
};

}  // namespace mynah::metrics
