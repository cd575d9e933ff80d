// The library that programs open when a network needs LibTorch.
#include "model/network_library.h"

#include <ATen/Parallel.h>

#include "base/allocator.h"
#include "nn/device.h"
#include "nn/libtorch_network.h"
#include "nn/sequence_model.h"

namespace mynah::nn {
namespace {

std::shared_ptr<const search::Network> open(const model::Model& model, const std::string& device_name) {
  const at::Device device = device_named(device_name);
  if (device.is_cpu()) tune_allocator();
  const std::shared_ptr<SequenceModel> network = build(model.shape, model.weights);
  network->to(device);
  if (device.is_cpu()) at::set_num_threads(1);  // workers share the cores; one that spread over others' would wait for them
  return make_network(network, model.tokenizers.vocabulary->pad());
}

}  // namespace
}  // namespace mynah::nn

extern "C" const mynah::model::NetworkLibrary* mynah_network_library() {
  static const mynah::model::NetworkLibrary library{mynah::model::build_identity(), mynah::nn::open, mynah::nn::libtorch_info};
  return &library;
}
