#include "inference/unfounded.h"

#include <algorithm>

#include "text/numbers.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mynah::inference {
namespace {

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_capital_at(std::string_view word, std::size_t place) {
  const std::string letter(first_code_points(word.substr(place), 1));
  return lower_case(letter) != letter;
}

bool begins_with_capital(std::string_view word) { return is_capital_at(word, 0); }

/// "LSTM", "McDonald", "GPT2".
bool is_name_by_form(std::string_view word) {
  if (has_digit(word)) return count_letters(word) > 0 && begins_with_capital(word);
  for (std::size_t place = first_code_points(word, 1).size(); place < word.size();) {
    if (is_capital_at(word, place)) return true;
    next_code_point(word, place);
  }
  return false;
}

/// "2" of "GPT2": a name's business.
bool is_within_word(std::string_view number, const std::vector<std::string_view>& words) {
  return std::ranges::any_of(words,
                             [&](auto word) { return count_letters(word) > 0 && word.find(number) != std::string_view::npos; });
}

bool has_capitals_throughout(const std::vector<std::string_view>& words) {
  const auto is_long = [](std::string_view word) { return word.size() > 3; };
  const auto longer = std::ranges::count_if(words, is_long);
  const auto capital = std::ranges::count_if(words, [&](auto word) { return is_long(word) && begins_with_capital(word); });
  return longer > 1 && 2 * capital > longer;
}

}  // namespace

void Grounds::add(std::string_view sentence) {
  for (const Number& number : find_numbers(sentence)) {
    numbers_.insert(number.digits);
    numbers_.insert(number.parts.begin(), number.parts.end());
  }
  for (const std::string_view word : words_of(sentence)) words_.insert(lower_case(word));
}

/// The word, or it with or without the s of a plural or possessive.
bool Grounds::has(std::string_view word) const {
  const std::string lower = lower_case(word);
  if (words_.contains(lower) || words_.contains(lower + "s")) return true;
  return lower.size() > 2 && lower.back() == 's' && words_.contains(lower.substr(0, lower.size() - 1));
}

std::vector<std::string> Grounds::unfounded(std::string_view sentence, std::string_view language) const {
  std::vector<std::string> found;
  const auto words = words_of(sentence);
  const auto add = [&](std::string_view text) {
    if (std::ranges::find(found, text) == found.end()) found.emplace_back(text);
  };
  for (const Number& number : find_numbers(sentence)) {
    if (!numbers_.contains(number.digits) && !is_within_word(number.text, words)) add(number.text);
  }
  const bool by_form = language == "de" || has_capitals_throughout(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_number = has_digit(words[i]) && count_letters(words[i]) == 0;
    const bool is_name = is_name_by_form(words[i]) || (!by_form && i > 0 && begins_with_capital(words[i]));
    if (is_name && !is_number && !has(words[i])) add(words[i]);
  }
  return found;
}

}  // namespace mynah::inference
