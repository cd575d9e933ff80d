// One pass over corpora of any size that says what is wrong with them.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/progress.h"
#include "corpus/check_report.h"

namespace mynah::corpus {

/// What is checked, against what, and what is written.
struct CheckPlan {
  std::vector<Source> sources, valid = {}, tests = {};
  PairRules rules = {};
  std::set<Fault> left_out = {};                  // the faults that keep a pair out of the copy
  std::string copy = {};                          // folder for the cleaned copy; empty: none
  int examples = 3;                               // of each fault
  std::uint64_t memory = std::uint64_t{2} << 30;  // bytes for remembering texts that were met
  int threads = 0;                                // 0: all cores
};

/// Reads every corpus once, in memory bounded by plan.memory and a few megabytes, whatever its size. The result does not depend
/// on the number of threads. Throws what PairReader and CleanCopy throw; Interrupted, without a copy.
CheckReport check_corpora(const CheckPlan& plan, Progress* progress);

}  // namespace mynah::corpus
