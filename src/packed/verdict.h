// What a network loses by being computed in another precision, found out on text that it was validated with.
#pragma once
#include <cstdint>
#include <span>

#include "search/network.h"

namespace mynah::packed {

/// How a network does beside a reference when both read the same targets.
struct Verdict {
  std::int64_t tokens = 0;  // that were compared
  double loss = 0;          // of log-probability, mean over tokens
  double agreement = 0;     // share of tokens at which both find the same one the most probable
};

/// Whether one may take the network for the reference without being asked: it loses at most 0.02 and agrees in at least 98 %.
bool allows(const Verdict& verdict);

/// Forces the targets of all pairs, side by side. `pairs` is not empty.
Verdict compare(const search::Network& network, const search::Network& reference, std::span<const search::Pair> pairs);

}  // namespace mynah::packed
