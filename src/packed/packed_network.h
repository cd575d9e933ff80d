// A packed Transformer as a search::Network.
#pragma once
#include <memory>
#include <string>

#include "packed/parameters.h"
#include "search/network.h"

namespace mynah::packed {

/// The best kernels that this machine runs among those up to `cap`: avx512_vnni, avx2_vnni, avx2, plain; auto sets no cap. Throws
/// UsageError naming them.
const Kernels& kernels_up_to(const std::string& cap);

/// Serves search on the CPU, with the best kernels that it runs.
std::shared_ptr<const search::Network> make_network(Parameters parameters);

/// The same with kernels of one's choice: for tests, which compare them.
std::shared_ptr<const search::Network> make_network(Parameters parameters, const Kernels& kernels);

}  // namespace mynah::packed
