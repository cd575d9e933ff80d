#include "text/porter_stemmer.h"

#include <algorithm>
#include <array>
#include <span>

namespace mynah {
namespace {

using Text = std::string_view;

bool is_vowel_letter(char letter) { return Text("aeiou").find(letter) != Text::npos; }

/// One letter for each of the word's: 'c' for a consonant, 'v' for a vowel. Y is a vowel behind a consonant.
std::string sounds(Text word) {
  std::string result;
  for (const char letter : word) {
    const bool vowel = letter == 'y' ? !result.empty() && result.back() == 'c' : is_vowel_letter(letter);
    result.push_back(vowel ? 'v' : 'c');
  }
  return result;
}

/// How often a consonant follows a vowel.
int measure(Text word) {
  const std::string sound = sounds(word);
  int count = 0;
  for (std::size_t i = 1; i < sound.size(); ++i) count += sound[i - 1] == 'v' && sound[i] == 'c' ? 1 : 0;
  return count;
}

bool has_vowel(Text word) { return sounds(word).find('v') != std::string::npos; }

bool ends_in_consonant(Text word) { return sounds(word).ends_with('c'); }

bool ends_in_double_consonant(Text word) {
  return word.size() >= 2 && word.back() == word[word.size() - 2] && ends_in_consonant(word);
}

/// Consonant, vowel, consonant that is not W, X or Y; or just vowel, consonant (an extension of NLTK's).
bool ends_short(Text word) {
  const std::string sound = sounds(word);
  return sound == "vc" || (sound.ends_with("cvc") && Text("wxy").find(word.back()) == Text::npos);
}

bool cut(std::string& word, Text suffix) {
  if (!word.ends_with(suffix)) return false;
  word.resize(word.size() - suffix.size());
  return true;
}

struct Rule {
  Text suffix, replacement;
};

/// The first rule whose suffix the word has is the one that counts: it is followed where what stands before the suffix has at
/// least this measure.
void apply(std::span<const Rule> rules, int least_measure, std::string& word) {
  const auto rule = std::ranges::find_if(rules, [&](const Rule& candidate) { return word.ends_with(candidate.suffix); });
  if (rule == rules.end()) return;
  const Text stem = Text(word).substr(0, word.size() - rule->suffix.size());
  if (measure(stem) >= least_measure) word = std::string(stem).append(rule->replacement);
}

void strip_plural(std::string& word) {
  constexpr std::array<Rule, 4> kPlurals{{{"sses", "ss"}, {"ies", "i"}, {"ss", "ss"}, {"s", ""}}};
  if (word.size() == 4 && word.ends_with("ies")) {
    word.pop_back();
  } else {
    apply(kPlurals, 0, word);
  }
}

/// What "ed" or "ing" leaves is made a word again: "hopp" → "hop", "fil" → "file".
void restore_ending(std::string& word) {
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) {
    word.push_back('e');
  } else if (ends_in_double_consonant(word)) {
    if (Text("lsz").find(word.back()) == Text::npos) word.pop_back();
  } else if (measure(word) == 1 && ends_short(word)) {
    word.push_back('e');
  }
}

void strip_past_and_gerund(std::string& word) {
  if (word.ends_with("ied")) {
    word.resize(word.size() - (word.size() == 4 ? 1 : 2));
  } else if (word.ends_with("eed")) {
    if (measure(Text(word).substr(0, word.size() - 3)) > 0) word.pop_back();
  } else {
    for (const Text suffix : {"ed", "ing"}) {
      std::string stem = word;
      if (!cut(stem, suffix) || !has_vowel(stem)) continue;
      restore_ending(stem);
      word = std::move(stem);
      return;
    }
  }
}

void turn_y_to_i(std::string& word) {
  if (word.size() > 2 && word.back() == 'y' && ends_in_consonant(Text(word).substr(0, word.size() - 1))) word.back() = 'i';
}

void strip_double_suffix(std::string& word) {
  constexpr std::array<Rule, 21> kRules{
      {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"},   {"anci", "ance"},   {"izer", "ize"},    {"bli", "ble"},
       {"alli", "al"},     {"entli", "ent"},   {"eli", "e"},       {"ousli", "ous"},   {"ization", "ize"}, {"ation", "ate"},
       {"ator", "ate"},    {"alism", "al"},    {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},
       {"iviti", "ive"},   {"biliti", "ble"},  {"fulli", "ful"}}};
  while (word.ends_with("alli") && measure(Text(word).substr(0, word.size() - 4)) > 0) cut(word, "li");
  if (word.ends_with("logi")) {  // the l counts with the stem, so that "geologi" is like "archaeologi"
    if (measure(Text(word).substr(0, word.size() - 3)) > 0) word.pop_back();
  } else {
    apply(kRules, 1, word);
  }
}

void strip_adjective_suffix(std::string& word) {
  constexpr std::array<Rule, 7> kRules{
      {{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}}};
  apply(kRules, 1, word);
}

void strip_last_suffix(std::string& word) {
  constexpr std::array<Text, 18> kSuffixes{"al",   "ance", "ence", "er",  "ic",  "able", "ible", "ant", "ement",
                                           "ment", "ent",  "ou",   "ism", "ate", "iti",  "ous",  "ive", "ize"};
  if (word.ends_with("ion")) {
    const Text stem = Text(word).substr(0, word.size() - 3);
    if (measure(stem) > 1 && (stem.back() == 's' || stem.back() == 't')) cut(word, "ion");
    return;
  }
  const auto suffix = std::ranges::find_if(kSuffixes, [&](Text candidate) { return word.ends_with(candidate); });
  if (suffix != kSuffixes.end() && measure(Text(word).substr(0, word.size() - suffix->size())) > 1) cut(word, *suffix);
}

void strip_e_and_double_l(std::string& word) {
  if (word.ends_with('e')) {
    const Text stem = Text(word).substr(0, word.size() - 1);
    if (measure(stem) > 1 || (measure(stem) == 1 && !ends_short(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(Text(word).substr(0, word.size() - 1)) > 1) word.pop_back();
}

/// Words that the rules would cut wrongly.
constexpr std::array<Rule, 16> kIrregular{{{"sky", "sky"},
                                           {"skies", "sky"},
                                           {"dying", "die"},
                                           {"lying", "lie"},
                                           {"tying", "tie"},
                                           {"news", "news"},
                                           {"inning", "inning"},
                                           {"innings", "inning"},
                                           {"outing", "outing"},
                                           {"outings", "outing"},
                                           {"canning", "canning"},
                                           {"cannings", "canning"},
                                           {"howe", "howe"},
                                           {"proceed", "proceed"},
                                           {"exceed", "exceed"},
                                           {"succeed", "succeed"}}};

}  // namespace

std::string porter_stem(std::string_view word) {
  const auto irregular = std::ranges::find(kIrregular, word, &Rule::suffix);
  if (irregular != kIrregular.end()) return std::string(irregular->replacement);
  std::string stem(word);
  if (stem.size() <= 2) return stem;
  strip_plural(stem);
  strip_past_and_gerund(stem);
  turn_y_to_i(stem);
  strip_double_suffix(stem);
  strip_adjective_suffix(stem);
  strip_last_suffix(stem);
  strip_e_and_double_l(stem);
  return stem;
}

}  // namespace mynah
