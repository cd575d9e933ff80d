// Words and terms of a document in any language: what length is counted in, and what sentences are compared by.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mynah::documents {

/// Cuts text into words by ICU's rules (by dictionary where a script writes no spaces). Not to be shared between threads.
class WordSplitter {
 public:
  /// A BCP-47 code; unknown or empty ones use the root rules.
  explicit WordSplitter(const std::string& language);
  ~WordSplitter();

  /// Words of letters, digits or ideographs, as views; spaces and marks are left out. `text` is valid UTF-8.
  std::vector<std::string_view> split(std::string_view text);

 private:
  struct Iterator;
  std::unique_ptr<Iterator> iterator_;
};

using TermId = std::uint32_t;

/// Gives equal terms equal numbers from 0 on. A term is a word in lower case, and its stem where the language is English.
class Terms {
 public:
  explicit Terms(const std::string& language) : stems_(language == "en") {}

  TermId id(std::string_view word);
  std::size_t size() const { return terms_.size(); }

 private:
  bool stems_;
  std::unordered_map<std::string, TermId> words_, terms_;
};

}  // namespace mynah::documents
