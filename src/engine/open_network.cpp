#include "engine/open_network.h"

#include "base/error.h"
#include "engine/network_library.h"
#include "packed/packed_network.h"
#include "packed/packing.h"

namespace mynah::engine {
namespace {

packed::Precision precision_named(const std::string& name) {
  if (name == "int8") return packed::Precision::int8;
  if (name == "bfloat16") return packed::Precision::bfloat16;
  if (name == "auto" || name == "float32") return packed::Precision::float32;
  throw UsageError(concat("--precision: expected int8, bfloat16 or float32, found ", name));
}

/// Whether the packed engine is to run the network; throws where it should but cannot.
bool wants_packed(const model::Shape& shape, const EngineOptions& options, const Log& log) {
  const bool reduced = precision_named(options.precision) != packed::Precision::float32, asked_for = options.engine == "packed";
  if (options.engine == "libtorch") {
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

std::shared_ptr<const search::Network> open_packed(const model::Model& model, const EngineOptions& options) {
  return packed::make_network(
      packed::parameters_of(model.shape, packed::pack(model.shape, model.weights, precision_named(options.precision))));
}

}  // namespace

std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options, const Log& log) {
  return wants_packed(model.shape, options, log) ? open_packed(model, options) : libtorch().open(model, options.device);
}

std::string build_info() {
  return concat("packed kernels ", packed::supported_kernels().variants[0]->name, "; ", libtorch().info());
}

}  // namespace mynah::engine
