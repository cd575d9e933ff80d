#include "engine/network_library.h"

#include <dlfcn.h>

#include <system_error>

#include "base/error.h"

namespace mynah::engine {
namespace fs = std::filesystem;

const model::NetworkLibrary& open_library(const fs::path& path) {
  const auto fail = [&](const std::string& what) {
    throw Error(concat("opening LibTorch's networks in ", path.string(), ": ", what));
  };
  constexpr const char* kWithout = "; Transformers on a CPU do without it, with --engine packed";
  std::error_code none;
  if (path.has_parent_path() && !fs::exists(path, none)) {
    fail(concat("the file is missing: it is installed with the programs and stays at its place beside them", kWithout));
  }
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) fail(concat(::dlerror(), kWithout));
  const auto entry = reinterpret_cast<model::NetworkLibraryEntry>(::dlsym(library, model::kNetworkLibraryEntry));
  if (!entry) fail("it is no library of Mynah's networks");
  const model::NetworkLibrary& networks = *entry();
  if (networks.build != model::build_identity()) {
    fail(concat("it is of another build (", networks.build, ") than this program (", model::build_identity(),
                "): install both anew"));
  }
  return networks;
}

fs::path libtorch_path() {
  std::error_code none;
  const fs::path installed = fs::read_symlink("/proc/self/exe", none).parent_path() / MYNAH_LIBTORCH_INSTALLED;
  return fs::exists(installed, none) ? installed : fs::path(MYNAH_LIBTORCH_BUILT);
}

const model::NetworkLibrary& libtorch() {
  static const model::NetworkLibrary& library = open_library(libtorch_path());
  return library;
}

}  // namespace mynah::engine
