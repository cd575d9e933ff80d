// The options every program has: help, configuration, documentation.
#pragma once
#include <string>

#include "base/option_list.h"

namespace mynah::cli {

struct SharedOptions {
  bool help = false;
  std::string config;
  bool dump_config = false;
  bool version = false;
  bool build_info = false;
  bool man = false;
  std::string completion;
  bool options_table = false;
};

/// A program's own options with those that every program has behind them.
class AllOptions {
 public:
  explicit AllOptions(const OptionList& own);
  AllOptions(const AllOptions&) = delete;
  AllOptions& operator=(const AllOptions&) = delete;

  const OptionList& list() const { return list_; }
  const SharedOptions& shared() const { return shared_; }

 private:
  SharedOptions shared_;
  OptionList list_;
};

}  // namespace mynah::cli
