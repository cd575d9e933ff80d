// The bytes of a text file as UTF-8, whatever Unicode encoding its byte order mark names.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/byte_source.h"
#include "text/repair.h"

namespace mynah::documents {

/// Reads a file ("-": standard input; gzip, xz, zstd are unpacked). A byte order mark is left out; UTF-16 and UTF-32 that begin
/// with one become UTF-8, what is ill-formed in them U+FFFD. All else is given as it stands, ill-formed or not.
/// Throws Error naming the file when it is missing, unreadable, a folder, or its compressed data are damaged.
class DecodedBytes {
 public:
  explicit DecodedBytes(const std::string& path);
  ~DecodedBytes();
  DecodedBytes(DecodedBytes&&) noexcept;

  /// Up to `size` bytes; 0 only at the end.
  std::size_t read(char* bytes, std::size_t size);
  /// "UTF-16LE" and the like; "UTF-8" also where nothing says so. Known after the first read.
  const std::string& encoding() const;
  /// What was repaired since the last call: the mark, ill-formed units of UTF-16 or UTF-32.
  Repairs take_repairs();
  /// Bytes of the file itself that were read so far: how far the reading is.
  std::uint64_t position() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mynah::documents
