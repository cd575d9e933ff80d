// A file that is written over hours and may be interrupted at any moment: what is there so far stays and can be gone on with.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace mynah {

/// Grows as `path.partial` and takes its name in finish(). What is at `path` stays untouched until then, and `path.partial` stays
/// when the object goes without finish(). A name that ends in .gz, .xz or .zst is compressed in finish().
/// "-" is standard output; that and what is no regular file (a device, a pipe) is written in place.
/// Every failure (not writable, disk full) throws Error naming the file.
class GrowingFile {
 public:
  /// Keeps the first `kept` bytes of a `path.partial` that is there; what is behind them goes.
  explicit GrowingFile(const std::string& path, std::uint64_t kept = 0);

  /// Where a file of this name grows.
  static std::string partial_path(const std::string& path);
  /// Whether `path` would be written in place, so that there is nothing to go on with.
  static bool is_in_place(const std::string& path);

  void append(std::string_view bytes) { pending_.append(bytes); }
  /// Everything appended is in the file when it returns.
  void flush();
  /// In the file after the last flush().
  std::uint64_t size() const { return size_; }
  /// What was appended since.
  std::size_t unflushed() const { return pending_.size(); }
  /// All is on the disk, under its name.
  void finish();

 private:
  std::string path_;
  FileDescriptor file_;
  std::string pending_;
  std::uint64_t size_ = 0;
  bool in_place_;
};

/// Gives a finished `path.partial` its name: what GrowingFile::finish() does when everything is written.
void take_name(const std::string& path);

}  // namespace mynah
