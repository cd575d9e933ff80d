// A file without a disk, for readers that open their files themselves.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "fuzz.h"

namespace mynah::fuzz {

/// Lives in memory and opens by path() like any other; whoever opens it anew reads from its beginning.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("fuzzed", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(descriptor_)) {
    expect(descriptor_ >= 0, "the system has files in memory");
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Makes `content` all there is in it.
  void fill(std::string_view content) {
    const bool filled = ::ftruncate(descriptor_, 0) == 0 &&
                        ::pwrite(descriptor_, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size());
    expect(filled, "a file in memory takes what is written");
  }

  const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

/// Compressed files have a fuzzer of their own, which bounds what comes out of them; others leave them out.
inline bool is_compressed(std::string_view content) {
  return content.starts_with("\x1f\x8b") || content.starts_with("\xfd") || content.starts_with("\x28\xb5\x2f\xfd");
}

}  // namespace mynah::fuzz
