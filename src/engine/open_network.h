// Opens a trained model's network with the engine that fits.
#pragma once
#include <memory>
#include <string>

#include "base/log.h"
#include "model/model.h"
#include "search/network.h"

namespace mynah::engine {

struct EngineOptions {
  std::string device = "cpu";         // cpu, cuda, cuda:0 …
  std::string engine = "auto";        // packed, libtorch, or the one that fits
  std::string precision = "auto";     // float32, bfloat16, int8, or the one that fits
  std::string cpu_features = "auto";  // the best that the packed engine may use: avx512_vnni, avx2_vnni, avx2, plain
};

/// A network ready to decode, weights loaded: packed for Transformers on a CPU, else LibTorch in float32, which is said where
/// packed was asked for. Packed weights come from the model's folder where it keeps fitting ones; what it keeps is replaced, with
/// a word, where it is of another model, truncated or altered. Throws Error when no engine knows the architecture or the device
/// is missing, and UsageError when engine, precision and device do not go together.
std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options, const Log& log = {});

/// Packs a model into its folder, in the named precision or the one that fits, and says whether int8 may be the default. Throws
/// Error where the engine does not know the architecture or the folder cannot be written.
void pack(const model::Model& model, const std::string& precision, const Log& log);

/// For --build-info: the kernels that the packed engine takes on this CPU, best first, and where LibTorch's networks are, which
/// are not opened for it.
std::string build_info();

}  // namespace mynah::engine
