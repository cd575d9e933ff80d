// Opens a trained model's network with the engine that fits.
#pragma once
#include <memory>
#include <string>

#include "model/model.h"
#include "search/network.h"

namespace mynah::engine {

struct EngineOptions {
  std::string device = "cpu";   // cpu, cuda, cuda:0 …
  std::string engine = "auto";  // packed, libtorch, or the one that fits
  std::string precision = "";   // float32, bfloat16 or int8; empty: the engine's own
};

/// A network ready to decode, weights loaded: packed for Transformers on a CPU when a precision is named, else LibTorch in
/// float32. Throws Error when no engine knows the architecture or the device is missing, and UsageError when engine, precision
/// and device do not go together.
std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options);

/// One line per engine for --build-info: LibTorch's version and the CPU features it uses.
std::string build_info();

}  // namespace mynah::engine
