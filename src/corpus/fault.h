// What can be wrong with a pair of texts that a model is to learn from: the one list of it.
#pragma once
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::corpus {

/// In the order in which reasons count when a pair is left out.
enum class Fault {
  malformed,
  empty,
  invalid_utf8,
  nul,
  byte_order_mark,
  replacement_character,
  control_character,
  mojibake,
  double_escaped,
  too_long,
  uneven,
  wrong_script,
  wrong_language,
  untranslated,
  in_valid,
  source_in_valid,
  target_in_valid,
  in_test,
  source_in_test,
  target_in_test,
  duplicate,
  near_duplicate,
  several_targets,
  several_sources,
  numbers,
  tag,
  entity,
};
inline constexpr std::size_t kFaults = 27;

struct FaultInfo {
  Fault fault;
  const char* name;     // "near-duplicate", as options and reports call it
  const char* meaning;  // what it says of a pair
  bool usual;           // left out of a cleaned copy unless the user wishes otherwise
};

/// All of them, in order.
std::span<const FaultInfo> all_faults();
const FaultInfo& info(Fault fault);

/// The faults that names stand for: their own names, "usual", "all", "none". Throws UsageError naming `option` and all that are
/// known.
std::set<Fault> faults_named(const std::vector<std::string>& names, std::string_view option);

/// A fault of one pair, and what shows it: "target: Ã¤".
struct Found {
  Fault fault;
  std::string detail;
};

}  // namespace mynah::corpus
