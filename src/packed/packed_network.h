// A packed Transformer as a search::Network.
#pragma once
#include <memory>

#include "packed/parameters.h"
#include "search/network.h"

namespace mynah::packed {

/// Serves search on the CPU, with the best kernels that it runs.
std::shared_ptr<const search::Network> make_network(Parameters parameters);

/// The same with kernels of one's choice: for tests, which compare them.
std::shared_ptr<const search::Network> make_network(Parameters parameters, const Kernels& kernels);

}  // namespace mynah::packed
