// Opens libraries of networks while the program runs.
#pragma once
#include <filesystem>

#include "model/network_library.h"

namespace mynah::engine {

/// Opens a library; it stays open. Throws Error when it is missing, is none of ours, or of another build.
const model::NetworkLibrary& open_library(const std::filesystem::path& path);

/// Where LibTorch's networks are: beside the program where it is installed, else where they were built.
std::filesystem::path libtorch_path();

/// LibTorch's networks, opened when they are first asked for.
const model::NetworkLibrary& libtorch();

}  // namespace mynah::engine
