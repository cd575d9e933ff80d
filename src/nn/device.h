// Devices by the names users give them.
#pragma once
#include <c10/core/Device.h>

#include <string>

namespace mynah::nn {

/// "cpu", "cuda" (the first one) or "cuda:1". Throws Error when the name is none of these or this machine has no such device.
at::Device device_named(const std::string& name);

/// One line for --build-info: LibTorch's version and the CPU features it uses.
std::string libtorch_info();

}  // namespace mynah::nn
