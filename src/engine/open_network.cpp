#include "engine/open_network.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "base/allocator.h"
#include "base/error.h"
#include "engine/network_library.h"
#include "packed/packed_file.h"
#include "packed/packed_network.h"
#include "packed/packing.h"

namespace mynah::engine {
namespace {

using packed::Precision;

/// None: the one that fits.
std::optional<Precision> precision_named(const std::string& name) {
  if (name == "auto") return std::nullopt;
  if (name == "int8") return Precision::int8;
  if (name == "bfloat16") return Precision::bfloat16;
  if (name == "float32") return Precision::float32;
  throw UsageError(concat("--precision: expected auto, int8, bfloat16 or float32, found ", name));
}

/// Whether the packed engine is to run the network; throws where it should but cannot.
bool wants_packed(const model::Shape& shape, const EngineOptions& options, const Log& log) {
  const bool reduced = precision_named(options.precision).value_or(Precision::float32) != Precision::float32;
  const bool asked_for = options.engine == "packed";
  if (options.engine == "libtorch") {
    if (options.cpu_features != "auto") throw UsageError("--cpu-features is for the packed engine: leave it or --engine out");
    if (!reduced) return false;
    throw UsageError(concat("LibTorch computes in float32 here: --precision ", options.precision, " needs --engine packed"));
  }
  if (options.device != "cpu") {
    if (!asked_for && !reduced) return false;
    throw UsageError(concat(asked_for ? "--engine packed" : concat("--precision ", options.precision),
                            " is for the CPU, but --device is ", options.device));
  }
  if (packed::can_pack(shape)) return true;
  if (reduced) {
    throw Error(concat("--precision ", options.precision, " is for Transformers, but the model is of the architecture '",
                       shape.type, "': leave the option out"));
  }
  if (asked_for) log.warning(concat("--engine packed knows no models of the architecture '", shape.type, "': LibTorch runs it"));
  return false;
}

/// What the model's folder keeps; where that is of no use, what it is replaced with.
packed::PackedFile kept_with(const model::Model& model, const Log& log) {
  if (model.folder.empty()) return {};
  try {
    return packed::open_packed_file(model);
  } catch (const Error& error) {
    log.warning(concat(error.what(), "; the model is packed anew"));
  }
  packed::PackedFile anew = packed::make_packed_file(model);
  try {
    packed::save_packed_file(anew, model);
  } catch (const Error& error) {
    log.warning(concat("the packed model cannot be kept: ", error.what()));
  }
  return anew;
}

std::shared_ptr<const search::Network> open_packed(const model::Model& model, const EngineOptions& options, const Log& log) {
  const packed::Kernels& kernels = packed::kernels_up_to(options.cpu_features);
  packed::PackedFile kept = kept_with(model, log);
  const Precision precision = precision_named(options.precision).value_or(packed::fitting_precision(kept));
  if (kept.parameters && kept.parameters->precision == precision) {
    return packed::make_network(*std::move(kept.parameters), kernels);
  }
  tune_allocator();  // packing takes and frees an array for every matrix
  return packed::make_network(packed::packed_parameters(model.shape, model.weights, precision), kernels);
}

}  // namespace

std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options, const Log& log) {
  return wants_packed(model.shape, options, log) ? open_packed(model, options, log) : libtorch().open(model, options.device);
}

void pack(const model::Model& model, const std::string& precision, const Log& log) {
  const packed::PackedFile file = packed::make_packed_file(model, precision_named(precision));
  packed::save_packed_file(file, model);
  log.info(concat("Packed ", model.folder.string(), ": ", packed::described(file)));
}

std::string build_info() {
  const packed::KernelList list = packed::supported_kernels();
  std::string kernels;
  for (int i = 0; i < list.count; ++i) kernels += concat(i == 0 ? "" : ", ", list.variants[i]->name);
  const std::filesystem::path library = libtorch_path();
  const bool there = std::filesystem::exists(library);
  return concat("packed kernels ", kernels, "\nLibTorch's networks ", there ? "in " : "missing from ", library.string());
}

}  // namespace mynah::engine
