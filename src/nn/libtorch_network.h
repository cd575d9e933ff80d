// A SequenceModel as a search::Network.
#pragma once
#include <memory>

#include "nn/sequence_model.h"
#include "search/network.h"

namespace mynah::nn {

/// Serves search with a LibTorch network on the device it stands on. The network is shared, not copied: training hands in its own
/// for validation. `pad` starts the decoder. Switches nothing: the caller has called eval().
std::shared_ptr<search::Network> make_network(std::shared_ptr<SequenceModel> network, TokenId pad);

}  // namespace mynah::nn
