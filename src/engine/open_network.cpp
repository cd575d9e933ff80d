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
  if (name.empty() || name == "float32") return packed::Precision::float32;
  throw UsageError(concat("--precision: expected int8, bfloat16 or float32, found ", name));
}

/// Whether the packed engine is to run the network; throws where it should but cannot.
bool wants_packed(const model::Shape& shape, const EngineOptions& options) {
  const bool reduced = precision_named(options.precision) != packed::Precision::float32;
  if (options.engine == "libtorch" && reduced) {
    throw UsageError(concat("LibTorch computes in float32 here: --precision ", options.precision, " needs --engine packed"));
  }
  if (options.engine == "libtorch" || (options.engine == "auto" && options.precision.empty())) return false;
  const bool on_cpu = options.device == "cpu", known = packed::can_pack(shape);
  if (on_cpu && known) return true;
  if (options.engine == "auto" && !reduced) return false;
  const std::string wish = options.engine == "packed" ? "--engine packed" : concat("--precision ", options.precision);
  if (!on_cpu) throw UsageError(concat(wish, " is for the CPU, but --device is ", options.device));
  throw Error(concat(wish, " knows Transformers, but the model is of the architecture '", shape.type, "': leave the option out"));
}

std::shared_ptr<const search::Network> open_packed(const model::Model& model, const EngineOptions& options) {
  return packed::make_network(
      packed::parameters_of(model.shape, packed::pack(model.shape, model.weights, precision_named(options.precision))));
}

}  // namespace

std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options) {
  return wants_packed(model.shape, options) ? open_packed(model, options) : libtorch().open(model, options.device);
}

std::string build_info() {
  return concat("packed kernels ", packed::supported_kernels().variants[0]->name, "; ", libtorch().info());
}

}  // namespace mynah::engine
