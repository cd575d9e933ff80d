#include "base/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/error.h"
#include "base/interrupt.h"

namespace mynah {

namespace {

std::string reason(int error) {
  switch (error) {
    case ENOENT:
      return "no such file or folder";
    case EACCES:
    case EPERM:
      return "permission denied (see the access rights of the file and its folder)";
    case EISDIR:
      return "it is a folder; a file is expected";
    case ENOTDIR:
      return "a part of its path is a file, not a folder";
    case ENOSPC:
    case EDQUOT:
      return "the disk is full";
    case EFBIG:
      return "it would grow over the largest size allowed here (see ulimit -f)";
    case EROFS:
      return "the file system is read-only";
    default:
      return std::generic_category().message(error);
  }
}

}  // namespace

void fail_with_errno(const char* action, const std::string& path) {
  const int error = errno;
  if (error == EPIPE) throw BrokenPipe(concat("cannot ", action, " ", path, ": nobody reads it any more"));
  throw Error(concat("cannot ", action, " ", path, ": ", reason(error)));
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
    path_ = std::move(other.path_);
  }
  return *this;
}

std::size_t FileDescriptor::read(char* bytes, std::size_t size) const {
  for (;;) {
    const ssize_t count = ::read(number_, bytes, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail_with_errno("read", path_);
    if (interrupted()) throw Interrupted(concat("interrupted while reading ", path_));
  }
}

void FileDescriptor::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::write(number_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      fail_with_errno("write", path_);
    }
  }
}

void FileDescriptor::sync() const {
  if (::fsync(number_) != 0) fail_with_errno("write", path_);
}

void FileDescriptor::close() noexcept {
  if (number_ > STDERR_FILENO) ::close(number_);
  number_ = -1;
}

FileDescriptor open_for_reading(const std::string& path) {
  if (path == "-") return FileDescriptor(STDIN_FILENO, "standard input");
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
  if (!file.open()) fail_with_errno("read", path);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) fail_with_errno("read", path);
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    fail_with_errno("read", path);
  }
  return file;
}

}  // namespace mynah
