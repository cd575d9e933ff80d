// The lines that a person should look at: where they are and why.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "inference/finding.h"
#include "inference/generated.h"

namespace mynah::inference {

struct Look {
  std::uint64_t line = 0;  // from 1
  std::vector<Finding> findings;
};

/// Such lines of one file. Lists so many of them, with so many findings each, and counts the rest: a file full of garbage stays
/// small here.
class WorthALook {
 public:
  static constexpr std::size_t kListed = 1000, kFindingsListed = 10;

  /// Takes what is to be said about a line (or piece of it): its sentences' findings, splits, repairs.
  void add(std::uint64_t line, const Generated& generated);

  WorthALook& operator+=(const WorthALook& more);

  const std::vector<Look>& listed() const { return listed_; }
  /// Lines.
  std::uint64_t total() const { return total_; }
  /// Sentences whose translation is suspect.
  std::uint64_t suspects() const { return suspects_; }

  friend Json to_json(const WorthALook& looks);
  /// The other way; throws nlohmann's exceptions on JSON of another kind.
  friend WorthALook worth_a_look_from_json(const Json& json);

 private:
  void add(std::uint64_t line, const Finding& finding);

  std::vector<Look> listed_;
  std::uint64_t total_ = 0, suspects_ = 0;
  std::uint64_t last_ = 0;  // the line that was added last
};

Json to_json(const WorthALook& looks);
WorthALook worth_a_look_from_json(const Json& json);

}  // namespace mynah::inference
