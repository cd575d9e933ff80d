#include "nn/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <charconv>
#include <string_view>

#include "base/error.h"

namespace mynah::nn {
namespace {

constexpr int kMostDevices = 127;  // what LibTorch's index holds

/// The number behind "cuda:", 0 for "cuda", -1 for anything else.
int cuda_index(const std::string& name) {
  if (name == "cuda") return 0;
  constexpr std::string_view kPrefix = "cuda:";
  int index = -1;
  if (!name.starts_with(kPrefix)) return index;
  const char* const end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data() + kPrefix.size(), end, index);
  return parsed.ec == std::errc() && parsed.ptr == end && index <= kMostDevices ? index : -1;
}

}  // namespace

at::Device device_named(const std::string& name) {
  if (name == "cpu") return at::kCPU;
  const int index = cuda_index(name);
  if (index < 0) throw Error(concat("device '", name, "' is not known: cpu, cuda, cuda:0, cuda:1 … are"));
  const int count = torch::cuda::device_count();
  if (index >= count) {
    throw Error(concat("device '", name, "' is not there: LibTorch ",
                       at::globalContext().hasCUDA() ? "finds " : "has no CUDA and finds ", count,
                       " GPUs; --device cpu works everywhere"));
  }
  return {at::kCUDA, static_cast<at::DeviceIndex>(index)};
}

std::string libtorch_info() {
  return concat("LibTorch ", TORCH_VERSION, ", CPU capability ", at::get_cpu_capability(), ", ", at::get_num_threads(),
                " threads");
}

}  // namespace mynah::nn
