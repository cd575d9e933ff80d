#include "engine/open_network.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include "base/allocator.h"
#include "base/error.h"
#include "nn/device.h"
#include "nn/libtorch_network.h"
#include "nn/sequence_model.h"

namespace mynah::engine {

std::shared_ptr<const search::Network> open_network(const model::Model& model, const EngineOptions& options) {
  const at::Device device = nn::device_named(options.device);
  if (device.is_cpu()) tune_allocator();
  const std::shared_ptr<nn::SequenceModel> network = nn::build(model.shape, model.weights);
  network->to(device);
  if (device.is_cpu()) at::set_num_threads(1);  // workers share the cores; one that spread over others' would wait for them
  return nn::make_network(network, model.tokenizers.vocabulary->pad());
}

std::string build_info() {
  return concat("LibTorch ", TORCH_VERSION, ", CPU capability ", at::get_cpu_capability(), ", ", at::get_num_threads(),
                " threads");
}

}  // namespace mynah::engine
