// How much text there was to summarize, how much of it was read, and what became of it.
#pragma once
#include <cstdint>
#include <string>

#include "base/json.h"

namespace mynah::inference {

/// Counts over documents.
struct ReadAccount {
  std::uint64_t documents = 0, paragraphs = 0, sentences = 0, words = 0;  // there
  std::uint64_t paragraphs_read = 0, sentences_read = 0, words_read = 0;
  std::uint64_t written = 0;  // documents whose summary a model wrote
  std::uint64_t summaries = 0, summary_sentences = 0, summary_words = 0;

  ReadAccount& operator+=(const ReadAccount& other);
};

Json to_json(const ReadAccount& read);
/// The other way; throws nlohmann's exceptions on JSON that is no account.
ReadAccount read_account_from_json(const Json& json);

/// "1 document, 12 paragraphs, 34 sentences, 780 words; the summary has 3 sentences, 61 words", and what of it was not read.
std::string describe(const ReadAccount& read);

}  // namespace mynah::inference
