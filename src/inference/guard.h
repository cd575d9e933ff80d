// Looks at every translated sentence and says what is doubtful about it.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "inference/generated.h"
#include "inference/sentence_pair.h"

namespace mynah::inference {

/// Which checks make sense: a summary is shorter than its source, in the same language, and leaves things out.
struct GuardChecks {
  bool length = true;             // length ratio and coverage
  bool language = true;           // language and script of both sides; copied input
  bool pieces = true;             // sources that fall into single letters; not for vocabularies where everything does
  bool missing = true;            // numbers, URLs, mail addresses, placeholders
  bool endings = true;            // ends that the network did not expect
  double most_improbable = 1.65;  // of improbability(), for what the network wrote itself
};

/// For targets that people wrote, which seem less probable to any network.
constexpr GuardChecks checks_of_given() { return {.endings = false, .most_improbable = 4.5}; }

/// What is to be said about a sentence and one of its candidates: short reasons.
struct Verdict {
  std::vector<std::string> of_source;  // the sentence is nothing to translate from, so that no other try would help
  std::vector<std::string> of_target;  // the candidate is no translation of it
  std::vector<std::string> missing;    // what should have survived and did not
  bool doubtful = false;               // nothing certain, but its attention is worth a look
  bool improbable = false;             // to the network, which is among the reasons

  /// Nothing else speaks against the candidate.
  bool only_improbable() const { return improbable && of_source.empty() && of_target.size() == 1; }
};

/// Judges candidates for one pair of languages. Immutable and safe to share between threads; equal pairs get equal verdicts.
/// The thresholds are measured: bench/guard.
class Guard {
 public:
  explicit Guard(Languages languages, GuardChecks checks = {});

  /// By text, pieces and log-probabilities; pieces and log-probabilities may be missing, as in text from elsewhere.
  Verdict judge(const Part& part, const Candidate& candidate) const;
  /// Adds to a line's sentences, before they are decoded, what is suspect about them together: one that comes again and again.
  void judge_line(std::vector<Part>& sentences) const;
  /// Adds what attention [target length, source length] shows.
  void judge_attention(std::span<const float> attention, std::size_t source_length, Verdict& verdict) const;

 private:
  void judge_probability(const SentencePair& pair, Verdict& verdict) const;

  Languages languages_;
  GuardChecks checks_;
};

/// The verdict as findings: at most one of suspicion, with all its reasons, then one for each thing that is missing.
std::vector<Finding> findings_of(const Verdict& verdict);

}  // namespace mynah::inference
