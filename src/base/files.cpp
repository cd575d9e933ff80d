#include "base/files.h"

#include <algorithm>
#include <system_error>

#include "base/byte_source.h"
#include "base/error.h"

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

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && std::filesystem::is_directory(path)) return;
  throw Error(concat("cannot make the folder ", path.string(), ": ", error ? error.message() : "a file of that name is there"));
}

}  // namespace mynah
