#include "base/files.h"

#include <fcntl.h>

#include <algorithm>
#include <cstdio>
#include <system_error>

#include "base/byte_source.h"
#include "base/error.h"
#include "base/file_descriptor.h"

namespace mynah {

std::string read_file(const std::filesystem::path& path) {
  ByteSource file(path.string());
  std::string content;
  for (std::size_t size = 0;;) {
    content.resize(std::max<std::size_t>(2 * size, 1 << 16));
    const std::size_t count = file.read(content.data() + size, content.size() - size);
    size += count;
    content.resize(size);
    if (count == 0) return content;
  }
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  OutputFile file(path.string(), OutputFile::Compression::none);
  file.write(content);
  file.commit();
}

void replace_file(const std::filesystem::path& path, std::string_view content) {
  const std::string name = path.string() + ".new";
  FileDescriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), path.string());
  if (!file.open()) fail_with_errno("write", path.string());
  file.write(content);
  file.close();
  if (std::rename(name.c_str(), path.c_str()) != 0) fail_with_errno("write", path.string());
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && std::filesystem::is_directory(path)) return;
  throw Error(concat("cannot make the folder ", path.string(), ": ", error ? error.message() : "a file of that name is there"));
}

}  // namespace mynah
