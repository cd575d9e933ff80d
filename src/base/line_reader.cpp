#include <cstring>
#include <memory>

#include "base/byte_source.h"
#include "base/files.h"

namespace mynah {

struct LineReader::Source {
  static constexpr std::size_t kBufferSize = std::size_t{1} << 18;

  explicit Source(const std::string& file) : path(file), bytes(file) {}

  /// False at the end of the file.
  bool refill() {
    begin = 0;
    end = bytes.read(buffer.get(), kBufferSize);
    return end > 0;
  }

  std::string path;
  ByteSource bytes;
  std::uint64_t line_number = 0;
  // Not filled: a small file touches little of it.
  std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(kBufferSize);
  std::size_t begin = 0, end = 0;  // what is not yet given, in `buffer`
};

LineReader::LineReader(const std::string& path) : source_(std::make_unique<Source>(path)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

bool LineReader::next(std::string& line) {
  Source& source = *source_;
  line.clear();
  bool any = false;
  while (source.begin < source.end || source.refill()) {
    any = true;
    const char* start = source.buffer.get() + source.begin;
    const auto* newline = static_cast<const char*>(std::memchr(start, '\n', source.end - source.begin));
    if (newline != nullptr) {
      line.append(start, newline);
      source.begin += static_cast<std::size_t>(newline - start) + 1;
      if (line.ends_with('\r')) line.pop_back();
      break;
    }
    line.append(start, source.end - source.begin);
    source.begin = source.end;
  }
  if (any) ++source.line_number;
  return any;
}

std::uint64_t LineReader::line_number() const { return source_->line_number; }
const std::string& LineReader::path() const { return source_->path; }

}  // namespace mynah
