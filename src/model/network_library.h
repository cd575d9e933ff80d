// How networks come out of a library that is opened while a program runs: merely to be linked, LibTorch costs a third of a second
// and a hundred megabytes, so programs that can do without it open the library that needs it when a network does.
#pragma once
#include <memory>
#include <string>

#include "model/model.h"

namespace mynah::search {
class Network;
}

namespace mynah::model {

/// What such a library offers. Objects pass between it and the program as they are, so both must come from one build.
struct NetworkLibrary {
  std::string build;  // its build_identity()
  /// A network ready to decode, weights loaded, on "cpu", "cuda", "cuda:1" … Throws Error when the library does not know the
  /// architecture or the device is missing.
  std::shared_ptr<const search::Network> (*open)(const Model& model, const std::string& device);
  /// One line about itself, for --build-info.
  std::string (*info)();
};

/// The name of the function, without parameters, that gives the library's offer.
inline constexpr const char* kNetworkLibraryEntry = "mynah_network_library";
using NetworkLibraryEntry = const NetworkLibrary* (*)();

/// What two parts of one build have in common: version, compiler, and how a Model is laid out.
std::string build_identity();

}  // namespace mynah::model
