// Opens a trained model's network with the engine that fits.
#pragma once
#include <memory>
#include <string>

#include "model/model.h"
#include "search/network.h"

namespace mynah::engine {

struct EngineOptions {
  std::string device = "cpu";  // cpu, cuda, cuda:0 …
};

/// A network ready to decode; evaluation mode, weights loaded. Throws Error when no engine knows the architecture or the device
/// is missing.
std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options);

/// One line per engine for --build-info: LibTorch's version and the CPU features it uses.
std::string build_info();

}  // namespace mynah::engine
