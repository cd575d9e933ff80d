// What the check of a corpus found: counts, shares, examples.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "corpus/fault.h"
#include "corpus/pair_check.h"

namespace mynah::corpus {

/// A pair that shows a fault.
struct FaultExample {
  std::string place;  // "train.de, line 17"
  std::string detail, source, target;
};

struct FaultCount {
  std::uint64_t pairs = 0;             // that have it, whatever else they have
  std::uint64_t left_out = 0;          // of which it was the reason
  std::vector<FaultExample> examples;  // a uniform sample
};

/// Of one corpus: read = kept + all that was left out.
struct CorpusCount {
  std::string name;
  std::uint64_t read = 0, without_faults = 0, kept = 0;
  std::array<std::uint64_t, kFaults> faults{};
};

struct CheckReport {
  std::string languages;  // "en-de"; empty: not known
  std::vector<CorpusCount> corpora;
  std::array<FaultCount, kFaults> faults;
  std::set<Fault> left_out;                      // the faults that are reasons
  std::vector<std::string> copies;               // files written
  std::uint64_t compared = 0, not_compared = 0;  // pairs remembered for finding repetitions, and those there was no room for
  double length_ratio = 1;                       // characters of the target over those of the source, usually
  double seconds = 0;

  /// All corpora together.
  CorpusCount total() const;
};

/// For people, a section for each fault found.
std::string to_text(const CheckReport& report);
/// For programs.
Json to_json(const CheckReport& report);

/// Counts as pairs come by.
class CheckAccount {
 public:
  CheckAccount(int examples, std::set<Fault> left_out) : most_examples_(examples) { report_.left_out = std::move(left_out); }

  void begin_corpus(const Source& source);
  /// Whether the pair is kept.
  bool add(const CheckedPair& pair);
  CheckReport& report() { return report_; }

 private:
  void show(FaultCount& count, const CheckedPair& pair, const Found& found);

  CheckReport report_;
  int most_examples_;
  Random random_{1};
  const Source* source_ = nullptr;
};

}  // namespace mynah::corpus
