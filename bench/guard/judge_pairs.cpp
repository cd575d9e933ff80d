// Judges pairs by their text alone: lines "source <tab> target" in, a JSON list of findings out for each.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "inference/guard.h"

int main(int argc, char** argv) {
  using mynah::inference::Guard;
  if (argc != 3) {
    std::cerr << "usage: judge_pairs SOURCE_LANGUAGE TARGET_LANGUAGE < pairs\n";
    return 2;
  }
  const Guard guard({argv[1], argv[2]});
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    const std::string source = line.substr(0, tab), target = tab == line.npos ? "" : line.substr(tab + 1);
    nlohmann::json findings = nlohmann::json::array();
    for (const auto& [kind, reason] : findings_of(guard.judge({source, "", {}, {}}, {target, 0, {}, {}, {}}))) {
      findings.push_back({{"kind", name_of(kind)}, {"reason", reason}});
    }
    std::cout << findings.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
}
