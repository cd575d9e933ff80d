// Looks at every translated sentence and says what is doubtful about it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "inference/generated.h"
#include "search/network.h"

namespace mynah::inference {

/// Which checks make sense: a summary is shorter than its source, in the same language, and leaves things out.
struct GuardChecks {
  bool length = true;    // length ratio and coverage
  bool language = true;  // language and script of both sides; copied input
  bool pieces = true;    // words that fall apart into many pieces; not for vocabularies of a few pieces
  bool missing = true;   // numbers, URLs, mail addresses, placeholders
};

/// What is to be said about a sentence and one of its candidates: short reasons.
struct Verdict {
  std::vector<std::string> of_source;  // the sentence is nothing to translate from, so that no other try would help
  std::vector<std::string> of_target;  // the candidate is no translation of it
  std::vector<std::string> missing;    // what should have survived and did not
  bool doubtful = false;               // nothing certain, but its attention is worth a look

  bool suspect() const { return !of_source.empty() || !of_target.empty(); }
};

/// Judges candidates for one pair of languages (BCP-47 codes, or empty where not known). Immutable and safe to share between
/// threads; equal pairs get equal verdicts.
class Guard {
 public:
  Guard(std::string source_language, std::string target_language, GuardChecks checks = {});

  /// By text, pieces and log-probabilities; pieces may be missing, as in text from elsewhere.
  Verdict judge(const Part& part, const Candidate& candidate) const;
  /// Adds what the attention of a forced pass over the pair shows: parts of the source that nothing in the target looked at.
  void judge_coverage(const search::ForcedPass& pass, Verdict& verdict) const;

 private:
  void judge_source(const Part& part, const Candidate& candidate, Verdict& verdict) const;
  void judge_probability(const Part& part, const Candidate& candidate, Verdict& verdict) const;
  void judge_language(std::string_view source, std::string_view target, Verdict& verdict) const;
  void judge_length(const Part& part, const Candidate& candidate, Verdict& verdict) const;

  std::string source_language_, target_language_;
  GuardChecks checks_;
  double usual_ratio_;  // characters of the target for one of the source
};

/// The verdict as findings, worst first.
std::vector<Finding> findings_of(const Verdict& verdict);

}  // namespace mynah::inference
