// POSIX file descriptors with an owner and with errors that name the file; the ground under base/files.h.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace mynah {

/// Owns a descriptor together with the name that errors give it; leaves standard input and output open.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  FileDescriptor(int number, std::string path) : number_(number), path_(std::move(path)) {}
  ~FileDescriptor() { close(); }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)), path_(std::move(other.path_)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  const std::string& path() const { return path_; }

  /// Up to `size` bytes, at least one unless the file is at its end. Throws Interrupted when a signal breaks the wait.
  std::size_t read(char* bytes, std::size_t size) const;
  /// All of the bytes. Throws Error.
  void write(std::string_view bytes) const;
  /// Bytes are on the disk afterwards. Throws Error.
  void sync() const;
  void close() noexcept;

 private:
  int number_ = -1;
  std::string path_;
};

/// Opens a file for reading. Throws Error when it is missing, a folder, or not ours to read.
FileDescriptor open_for_reading(const std::string& path);

/// Throws Error: "cannot `action` `path`: " and what errno says.
[[noreturn]] void fail_with_errno(const char* action, const std::string& path);

}  // namespace mynah
