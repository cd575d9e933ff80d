#include "corpus/check_options.h"

#include "base/error.h"
#include "corpus/fault.h"

namespace mynah::corpus {

void list_options(CheckOptions& options, OptionList& list) {
  list.group("Checking the data");
  list.add("check-data", options.check_data,
           "Read the corpora, report on standard output what is wrong with them, and stop; needs no --model");
  list.add("test-sets", options.test_sets, "Text that training must not have seen, as --valid-sets, given as --train-sets")
      .value("FILE");
  list.add("clean-copy", options.clean_copy,
           "Write the pairs that are kept into this folder, in files of the same names and format")
      .value("DIR");
  list.add("leave-out", options.leave_out,
           "Findings that keep a pair out of the clean copy, by the names that the report gives them; usual, all, none")
      .value("FINDING");
  list.add("check-report", options.check_report, "Write the report as JSON too").value("FILE.json");
  list.add("check-examples", options.check_examples, "Examples of each finding, drawn evenly from the whole corpus").value("N");
  list.add("check-memory", options.check_memory,
           "MiB for remembering what was read, 20 bytes a pair; repetitions of pairs beyond that are not found")
      .value("N");
  list.add("strict", options.strict, "Exit with 3 when a pair is left out; else findings leave the exit code at 0");
}

void validate(const CheckOptions& options, const std::function<bool(std::string_view)>& given) {
  for (const char* option :
       {"test-sets", "clean-copy", "leave-out", "check-report", "check-examples", "check-memory", "strict"}) {
    if (!options.check_data && given(option)) throw UsageError(concat("--", option, ": expected beside --check-data only"));
  }
  faults_named(options.leave_out, "leave-out");
  const auto require = [](bool fine, const char* option, const char* expected, int found) {
    if (!fine) throw UsageError(concat("--", option, ": expected ", expected, "; found ", found));
  };
  require(options.check_examples >= 0, "check-examples", "0 or more", options.check_examples);
  require(options.check_memory >= 1, "check-memory", "at least 1 MiB", options.check_memory);
}

}  // namespace mynah::corpus
