// Text in, text out, knowing only search::Network: the recipe text → sentences → ids → search → text, for any number of lines.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inference/account.h"
#include "inference/generation_options.h"
#include "search/network.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// Generates text with one network. Shared by translate, validation and, later, summarize.
class TextGenerator {
 public:
  /// Throws UsageError when the prefix leaves no room below the length limit.
  TextGenerator(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers, std::string source_language,
                std::string target_language, const GenerationOptions& options);
  ~TextGenerator();

  /// Decodes lines (or pieces of them) as `next` hands them out (empty optional: no more) and gives results to `done` in the
  /// order of the lines, as soon as each is final. Lines are cut into sentences; sentences of several lines share batches. `next`
  /// is called on the caller's thread, `done` on any thread but never on two at once. When `stop` says so, what is being decoded
  /// is finished, the lines that are whole then are given up to the first that is not, and the rest is dropped. An exception from
  /// `next` leaves after all lines before it were given; one from `done`, at once.
  Account generate(const std::function<std::optional<Line>()>& next, const std::function<void(const Generated&)>& done,
                   const std::function<bool()>& stop = {}) const;

  /// One line, decoded on the caller's thread.
  Generated generate_line(const std::string& line) const;

  /// One text, for short.
  std::string generate(const std::string& text) const;

  /// Sentences that are ordered by length together.
  std::size_t read_ahead() const;

  /// Scores given pairs: Σ log p over the target's pieces and `</s>`, one forced pass per batch; with the guard, what it finds.
  std::vector<Part> score(const std::vector<std::string>& sources, const std::vector<std::string>& targets) const;

 private:
  struct Recipe;
  std::unique_ptr<const Recipe> recipe_;
};

}  // namespace mynah::inference
