// A line as it goes into search: cut into sentences a model can hold, turned into ids.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "inference/generated.h"
#include "inference/generation_options.h"
#include "text/sentences.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// A sentence without candidates yet, and its ids, `</s>` last.
struct PreparedSentence {
  Part part;
  std::vector<TokenId> source;
};

struct PreparedLine {
  std::vector<PreparedSentence> sentences;  // none: nothing to translate
  bool complete = true;                     // false: the line goes on in the next one
  int split_sentences = 0;                  // those that were over the limit
  Repairs repairs;
};

/// Whether a language puts spaces between sentences and words. (Korean does.)
bool writes_spaces(std::string_view language);

/// Turns lines into sentences and ids. Safe to use from several threads.
class Preparation {
 public:
  Preparation(TokenizerPair tokenizers, std::string source_language, std::string target_language,
              const GenerationOptions& options);

  /// `line`: repaired text, or the first part of a line, up to a cut().
  PreparedLine prepare(std::string_view line, bool complete = true) const;

  /// Where the beginning of a line that goes on may be cut without tearing a sentence: in front of the last one; 0 where it holds
  /// only one. Behind a word or code point when it is so long that it must be cut.
  std::size_t cut(std::string_view text) const;

 private:
  bool fits(std::string_view text, std::vector<TokenId>& ids) const;
  void add(std::string_view text, std::string_view separator, PreparedLine& line) const;
  std::string output_separator(std::string_view separator) const;

  TokenizerPair tokenizers_;
  std::string source_language_;
  bool source_has_spaces_, target_has_spaces_;
  SentenceSplitter splitter_;
  bool split_sentences_;
  std::size_t limit_;    // ids of a sentence, `</s>` included
  std::size_t longest_;  // bytes that are looked at at once
};

}  // namespace mynah::inference
