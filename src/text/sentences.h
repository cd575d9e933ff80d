// Text into sentences and back, by ICU's rules for the language.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mynah {

/// A sentence and the white space that stood behind it (empty where the script uses none).
struct Sentence {
  std::string_view text;
  std::string_view separator;
};

/// Cuts text at sentence ends, with the language's suppressions for abbreviations ("z. B.", "Dr."). Quotation marks and brackets
/// stay with the sentence they open or close, "1." with what it numbers, and speech with who speaks ("Is it?" he asked.).
/// The pieces and their separators, put together, are the text but for white space in front of the first one.
class SentenceSplitter {
 public:
  /// `language` is a BCP-47 code; unknown or empty ones use the root rules.
  explicit SentenceSplitter(std::string language);
  ~SentenceSplitter();
  SentenceSplitter(SentenceSplitter&&) noexcept;
  SentenceSplitter& operator=(SentenceSplitter&&) noexcept;

  /// Views into `text`, which must be valid UTF-8.
  std::vector<Sentence> split(std::string_view text) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

/// Where to cut a text that is too long for a model into two: the byte offset behind a clause end, else behind white space
/// (either in the middle half of the text), else at an ICU word boundary, else at a code point; always the one nearest to the
/// middle. White space at the cut stays with the first part. Between 1 and text.size() - 1 for two or more code points.
std::size_t split_point(std::string_view text, std::string_view language);

}  // namespace mynah
