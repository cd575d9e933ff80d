#include "base/file_name.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

#include "base/file_descriptor.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;

void sync_folder(const fs::path& folder) {
  const std::string path = folder.empty() ? "." : folder.string();
  const FileDescriptor descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), path);
  if (descriptor.open()) ::fsync(descriptor.number());  // some file systems cannot; the file itself is safe
}

}  // namespace

std::string behind_links(const std::string& path) {
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  return error ? path : target.string();
}

void give_name(const std::string& file, const std::string& target) {
  if (std::rename(file.c_str(), target.c_str()) != 0) fail_with_errno("write", target);
  sync_folder(fs::path(target).parent_path());
}

}  // namespace mynah
