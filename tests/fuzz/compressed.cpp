// Files that are compressed, or begin as if they were.
#include <array>
#include <string_view>

#include "base/byte_source.h"
#include "fuzz.h"
#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static mynah::fuzz::MemoryFile file;
  file.fill({reinterpret_cast<const char*>(bytes), size});
  mynah::fuzz::accepts([] {
    constexpr int kReads = 16;  // a few bytes may stand for a terabyte
    mynah::ByteSource source(file.path());
    std::array<char, 1 << 16> buffer;
    for (int read = 0; read < kReads && source.read(buffer.data(), buffer.size()) > 0; ++read) continue;
  });
  return 0;
}
