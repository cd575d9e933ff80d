// What happened to the lines: the numbers a user is told at the end.
#pragma once
#include <cstdint>

#include "base/json.h"
#include "inference/generated.h"

namespace mynah::inference {

/// Counts over lines that were given.
struct Account {
  std::uint64_t lines = 0, blank_lines = 0, sentences = 0;
  std::uint64_t source_tokens = 0, target_tokens = 0;  // `</s>` counted
  std::uint64_t unfinished = 0;                        // sentences that ended at the length limit
  std::uint64_t split_sentences = 0;                   // that were over the model's limit
  std::uint64_t suspects = 0, retries = 0;             // that are doubtful; that were decoded again
  std::uint64_t repaired_lines = 0;
  Repairs repairs;
  ReadAccount read;  // where lines are summaries
  double elapsed_seconds = 0;

  /// Takes the next line or piece into account.
  void add(const Generated& line);
  Account& operator+=(const Account& other);

  std::uint64_t sentences_of_line = 0;  // of the line that is not complete yet
  bool line_is_repaired = false;
};

Json to_json(const Account& account);
/// The other way; throws nlohmann's exceptions on JSON that is no account.
Account account_from_json(const Json& json);

}  // namespace mynah::inference
