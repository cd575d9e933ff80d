#include "corpus/fault.h"

#include <array>

#include "base/error.h"

namespace mynah::corpus {
namespace {

constexpr std::array<FaultInfo, kFaults> kAll = {{
    {Fault::malformed, "malformed", "the line holds no pair", true},
    {Fault::empty, "empty", "nothing but white space on a side", true},
    {Fault::invalid_utf8, "invalid-utf8", "bytes that are no UTF-8", true},
    {Fault::nul, "nul", "NUL characters", true},
    {Fault::byte_order_mark, "byte-order-mark", "a byte order mark inside the text", true},
    {Fault::replacement_character, "replacement-character", "U+FFFD, where text was lost earlier", true},
    {Fault::control_character, "control-character", "control characters, line separators, noncharacters", true},
    {Fault::mojibake, "mojibake", "UTF-8 that was read as another encoding (Ã¤)", true},
    {Fault::double_escaped, "double-escaped", "entities that were escaped twice (&amp;quot;)", true},
    {Fault::too_long, "too-long", "more than --max-length words, or twice as many letters where words are not spaced", true},
    {Fault::uneven, "uneven", "lengths that do not go together in these languages", true},
    {Fault::wrong_script, "wrong-script", "most letters are not of the language's script", true},
    {Fault::wrong_language, "wrong-language", "recognised as another language", true},
    {Fault::untranslated, "untranslated", "both sides have the same words", true},
    {Fault::in_valid, "in-valid", "the pair is in --valid-sets", true},
    {Fault::source_in_valid, "source-in-valid", "the source is in --valid-sets", true},
    {Fault::target_in_valid, "target-in-valid", "the target is in --valid-sets", true},
    {Fault::in_test, "in-test", "the pair is in --test-sets", true},
    {Fault::source_in_test, "source-in-test", "the source is in --test-sets", true},
    {Fault::target_in_test, "target-in-test", "the target is in --test-sets", true},
    {Fault::duplicate, "duplicate", "the same pair stood further up", true},
    {Fault::near_duplicate, "near-duplicate", "further up but for case, punctuation and white space", false},
    {Fault::several_targets, "several-targets", "the source stood further up with another target", false},
    {Fault::several_sources, "several-sources", "the target stood further up with another source", false},
    {Fault::numbers, "numbers", "a number of one side is missing on the other", false},
    {Fault::tag, "tag", "tags of HTML", false},
    {Fault::entity, "entity", "entities of HTML (&quot;)", false},
}};

std::string names_of_all() {
  std::string names;
  for (const FaultInfo& each : kAll) names += concat(each.name, ", ");
  return names + "usual, all or none";
}

}  // namespace

std::span<const FaultInfo> all_faults() { return kAll; }

const FaultInfo& info(Fault fault) { return kAll[static_cast<std::size_t>(fault)]; }

std::set<Fault> faults_named(const std::vector<std::string>& names, std::string_view option) {
  std::set<Fault> faults;
  for (const std::string& name : names) {
    bool known = name == "usual" || name == "all" || name == "none";
    for (const FaultInfo& each : kAll) {
      const bool meant = name == each.name || name == "all" || (name == "usual" && each.usual);
      known = known || meant;
      if (meant) faults.insert(each.fault);
    }
    if (!known) throw UsageError(concat("--", option, ": expected ", names_of_all(), "; found ", name));
  }
  return faults;
}

}  // namespace mynah::corpus
