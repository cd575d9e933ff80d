// The bytes of a file or of standard input as they were before compression.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace mynah {

/// Opens at once, looks for compression (gzip, xz, zstd, by the first bytes) at the first read.
/// Throws Error naming the file when it is missing, unreadable, a folder, or its compressed data are damaged or cut off.
class ByteSource {
 public:
  explicit ByteSource(const std::string& path);
  ~ByteSource();

  /// Up to `size` bytes; 0 only at the end.
  std::size_t read(char* bytes, std::size_t size);
  /// Bytes of the file itself that were taken so far, compressed ones where it is.
  std::uint64_t position() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mynah
