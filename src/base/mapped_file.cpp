#include <sys/mman.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file_descriptor.h"
#include "base/files.h"

namespace mynah {

struct MappedFile::Mapping {
  explicit Mapping(const std::filesystem::path& file) : path(file) {
    const FileDescriptor descriptor = open_for_reading(file.string());
    struct stat status {};
    if (::fstat(descriptor.number(), &status) != 0) fail_with_errno("read", file.string());
    if (!S_ISREG(status.st_mode)) throw Error(concat("cannot map ", file.string(), " into memory: it is a device or a pipe"));
    size = static_cast<std::size_t>(status.st_size);
    if (size == 0) return;  // nothing can be mapped, nor needs to be
    address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
    if (address == MAP_FAILED) fail_with_errno("map into memory", file.string());
  }
  ~Mapping() {
    if (size > 0) ::munmap(address, size);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::filesystem::path path;
  void* address = nullptr;
  std::size_t size = 0;
};

MappedFile::MappedFile(const std::filesystem::path& path) : mapping_(std::make_unique<Mapping>(path)) {}
MappedFile::~MappedFile() = default;
MappedFile::MappedFile(MappedFile&&) noexcept = default;
MappedFile& MappedFile::operator=(MappedFile&&) noexcept = default;

std::span<const std::byte> MappedFile::bytes() const {
  return {static_cast<const std::byte*>(mapping_->address), mapping_->size};
}
const std::filesystem::path& MappedFile::path() const { return mapping_->path; }

}  // namespace mynah
