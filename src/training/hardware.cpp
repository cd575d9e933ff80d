#include "training/hardware.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <ATen/cpu/Utils.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/error.h"

namespace mynah::training {

c10::Device open_device(const std::string& name) {
  if (name == "cpu") return c10::Device(c10::kCPU);
  int index = 0;
  bool understood = name == "cuda";
  if (name.starts_with("cuda:")) {
    const auto [end, failure] = std::from_chars(name.data() + 5, name.data() + name.size(), index);
    understood = failure == std::errc() && end == name.data() + name.size() && index >= 0;
  }
  if (!understood) throw UsageError(concat("--device: expected cpu, cuda or cuda:N, found \"", name, "\""));
  const int devices = at::globalContext().hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
  if (index >= devices) {
    throw Error(concat("--device ", name, ": this machine offers LibTorch ", devices,
                       " CUDA devices; is the CPU build of LibTorch in use, or the driver missing?"));
  }
  return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

int available_cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

bool has_bfloat16(c10::Device device) {
  if (device.is_cuda()) return at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
  const auto capabilities = at::cpu::get_cpu_capabilities();
  for (const char* feature : {"avx512_bf16", "amx_bf16", "arm_bf16"}) {
    const auto found = capabilities.find(feature);
    if (found != capabilities.end() && found->second.isBool() && found->second.toBool()) return true;
  }
  return false;
}

Bfloat16::Bfloat16(bool wanted, c10::DeviceType device) : wanted_(wanted), device_(device) {
  if (!wanted_) return;
  at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  at::autocast::set_autocast_enabled(device_, true);
  at::autocast::increment_nesting();
}

Bfloat16::~Bfloat16() {
  if (!wanted_) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(device_, false);
}

}  // namespace mynah::training
