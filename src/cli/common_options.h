// The options every program has: help, configuration, documentation.
#pragma once
#include <string>

#include "base/option_list.h"

namespace mynah::cli {

struct CommonOptions {
  bool help = false;
  std::string config;
  bool dump_config = false;
  bool version = false;
  bool build_info = false;
  bool man = false;
  std::string completion;
  bool options_table = false;
};

/// A program's own options with the common ones behind them.
class AllOptions {
 public:
  explicit AllOptions(const OptionList& own);
  AllOptions(const AllOptions&) = delete;
  AllOptions& operator=(const AllOptions&) = delete;

  const OptionList& list() const { return list_; }
  const CommonOptions& common() const { return common_; }

 private:
  CommonOptions common_;
  OptionList list_;
};

}  // namespace mynah::cli
