#include "inference/guard.h"

#include <utility>

#include "inference/source_checks.h"
#include "inference/target_checks.h"
#include "text/language.h"

namespace mynah::inference {
namespace {

constexpr double kStrange = 0.35;  // of strangeness(): the source is to blame

void note(std::vector<std::string>& reasons, Reason reason) {
  if (reason) reasons.push_back(*std::move(reason));
}

}  // namespace

Guard::Guard(Languages languages, GuardChecks checks) : languages_(std::move(languages)), checks_(checks) {
  if (main_language(languages_.source) == main_language(languages_.target)) checks_.language = false;
}

Verdict Guard::judge(const Part& part, const Candidate& candidate) const {
  const SentencePair pair(part, candidate, languages_);
  Verdict verdict;
  note(verdict.of_source, source_loops(pair));
  note(verdict.of_source, source_mojibake(pair));
  note(verdict.of_source, source_symbols(pair));
  if (checks_.language) note(verdict.of_source, source_language(pair));
  note(verdict.of_target, target_cut(pair));
  note(verdict.of_target, target_loops(pair));
  if (checks_.language) note(verdict.of_target, target_language(pair));
  if (checks_.length) {
    note(verdict.of_target, target_length(pair));
    verdict.doubtful = target_is_shortish(pair);
  }
  judge_probability(pair, verdict);
  if (checks_.missing) verdict.missing = target_misses(pair);
  return verdict;
}

void Guard::judge_probability(const SentencePair& pair, Verdict& verdict) const {
  if (checks_.endings) {
    note(verdict.of_source, source_breaks_off(pair));
    note(verdict.of_target, target_breaks_off(pair));
  }
  const double strange = checks_.pieces ? strangeness(pair) : 0;
  const double improbable = improbability(pair, strange);
  if (improbable > checks_.most_improbable && strange > kStrange) {
    verdict.of_source.emplace_back("the source is no text as the model knows it");
  } else if (improbable > checks_.most_improbable) {
    verdict.of_target.emplace_back("the translation is improbable");
    verdict.improbable = true;
  }
}

void Guard::judge_line(std::vector<Part>& sentences) const {
  if (Reason reason = source_repeats_sentences(sentences)) {
    sentences.front().findings.push_back({Finding::Kind::suspect, *std::move(reason)});
  }
}

void Guard::judge_attention(std::span<const float> attention, std::size_t source_length, Verdict& verdict) const {
  if (checks_.length) note(verdict.of_target, target_omits(attention, source_length));
}

std::vector<Finding> findings_of(const Verdict& verdict) {
  std::string suspicion;
  for (const auto* reasons : {&verdict.of_source, &verdict.of_target}) {
    for (const std::string& reason : *reasons) suspicion += (suspicion.empty() ? "" : "; ") + reason;
  }
  std::vector<Finding> findings;
  if (!suspicion.empty()) findings.push_back({Finding::Kind::suspect, suspicion});
  for (const std::string& reason : verdict.missing) findings.push_back({Finding::Kind::missing, reason});
  return findings;
}

}  // namespace mynah::inference
