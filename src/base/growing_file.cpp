#include "base/growing_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/byte_source.h"
#include "base/file_name.h"
#include "base/files.h"

namespace mynah {
namespace {

constexpr std::size_t kCopied = std::size_t{1} << 18;

/// ".gz", ".xz", ".zst" or empty.
std::string compression_of(const std::string& path) {
  for (const char* ending : {".gz", ".xz", ".zst"}) {
    if (path.ends_with(ending)) return ending;
  }
  return {};
}

/// The file `path` compressed into another one, which is on the disk then.
void compress(const std::string& path, const std::string& into) {
  ByteSource plain(path);
  OutputFile packed(into);
  std::string bytes(kCopied, '\0');
  while (const std::size_t count = plain.read(bytes.data(), bytes.size())) packed.write(std::string_view(bytes).substr(0, count));
  packed.commit();
}

FileDescriptor open_to_grow(const std::string& path, const std::string& partial, std::uint64_t kept) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    fail_with_errno("write", path);
  }
  FileDescriptor file(::open(partial.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666), path);
  if (!file.open() || ::ftruncate(file.number(), static_cast<off_t>(kept)) != 0) fail_with_errno("write", path);
  if (exists) ::fchmod(file.number(), status.st_mode & 07777);
  return file;
}

}  // namespace

GrowingFile::GrowingFile(const std::string& path, std::uint64_t kept)
    : path_(path == "-" ? path : behind_links(path)), size_(kept), in_place_(is_in_place(path)) {
  if (path == "-") {
    file_ = FileDescriptor(STDOUT_FILENO, "standard output");
  } else if (in_place_) {
    file_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC), path);
    if (!file_.open()) fail_with_errno("write", path);
  } else {
    file_ = open_to_grow(path_, partial_path(path_), kept);
  }
}

std::string GrowingFile::partial_path(const std::string& path) { return behind_links(path) + ".partial"; }

bool GrowingFile::is_in_place(const std::string& path) {
  struct stat status {};
  return path == "-" || (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
}

void GrowingFile::flush() {
  file_.write(pending_);
  size_ += pending_.size();
  pending_.clear();
}

void GrowingFile::finish() {
  flush();
  if (in_place_) return;
  file_.sync();
  file_.close();
  take_name(path_);
}

void take_name(const std::string& path) {
  const std::string target = behind_links(path), partial = target + ".partial", ending = compression_of(target);
  if (ending.empty()) return give_name(partial, target);
  compress(partial, partial + ending);
  give_name(partial + ending, target);
  ::unlink(partial.c_str());
}

}  // namespace mynah
