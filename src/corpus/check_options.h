// What `train --check-data` can be told besides the corpora.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/option_list.h"

namespace mynah::corpus {

struct CheckOptions {
  bool check_data = false;
  std::vector<std::string> test_sets = {};
  std::vector<std::string> leave_out = {"usual"};
  std::string clean_copy = {};    // folder
  std::string check_report = {};  // JSON file
  int check_examples = 3;
  int check_memory = 2048;  // MiB
  bool strict = false;
};

void list_options(CheckOptions& options, OptionList& list);

/// Throws UsageError naming the option: out of range, or, without --check-data, one that `given` names and that would be ignored.
void validate(const CheckOptions& options, const std::function<bool(std::string_view)>& given);

}  // namespace mynah::corpus
