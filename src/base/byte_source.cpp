#include "base/byte_source.h"

#include <algorithm>
#include <array>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <functional>
#include <string_view>

#include "base/error.h"
#include "base/file_descriptor.h"
#include "base/zstd_filter.h"

namespace mynah {

namespace {

namespace io = boost::iostreams;
using Reader = std::function<std::size_t(char* bytes, std::size_t size)>;

enum class Format { plain, gzip, xz, zstd };
struct Magic {
  Format format;
  const char* name;
  std::string_view bytes;
};
constexpr std::array<Magic, 3> kMagics = {{{Format::gzip, "gzip", "\x1f\x8b"},
                                           {Format::xz, "xz",
                                            "\xfd"
                                            "7zXZ"},
                                           {Format::zstd, "zstd", "\x28\xb5\x2f\xfd"}}};

/// The bytes as they stand in the file, the first few of which were looked at.
class RawBytes {
 public:
  explicit RawBytes(const std::string& path) : file_(open_for_reading(path)) {}

  /// Reads no more than tells the formats apart, so that a line typed at a terminal is not waited beyond.
  Magic recognize() {
    for (;;) {
      bool undecided = false;
      for (const Magic& magic : kMagics) {
        if (start_.starts_with(magic.bytes)) return magic;
        undecided |= magic.bytes.starts_with(start_);
      }
      if (!undecided) break;
      std::array<char, 4096> more{};
      const std::size_t count = file_.read(more.data(), more.size());
      if (count == 0) break;
      start_.append(more.data(), count);
    }
    return {Format::plain, "plain", ""};
  }

  std::size_t read(char* bytes, std::size_t size) {
    const std::size_t count = given_ < start_.size() ? start_.copy(bytes, size, given_) : file_.read(bytes, size);
    given_ += count;
    return count;
  }

  const std::string& path() const { return file_.path(); }
  std::size_t given() const { return given_; }

 private:
  FileDescriptor file_;
  std::string start_;
  std::size_t given_ = 0;
};

/// RawBytes as Boost.Iostreams wants them.
struct RawDevice {
  using char_type = char;
  using category = io::source_tag;
  std::streamsize read(char* bytes, std::streamsize size) const {
    const std::size_t count = raw->read(bytes, static_cast<std::size_t>(size));
    return count > 0 ? static_cast<std::streamsize>(count) : -1;
  }
  RawBytes* raw;
};

constexpr std::streamsize kBufferSize = std::streamsize{1} << 16;

template <class Decompressor>
Reader boost_reader(RawBytes& raw) {
  auto stream = std::make_shared<io::filtering_istreambuf>();
  stream->push(Decompressor(), kBufferSize);
  stream->push(RawDevice{&raw}, kBufferSize);
  return [stream](char* bytes, std::size_t size) {
    return static_cast<std::size_t>(std::max<std::streamsize>(0, stream->sgetn(bytes, static_cast<std::streamsize>(size))));
  };
}

Reader reader_for(Format format, RawBytes& raw) {
  switch (format) {
    case Format::gzip:
      return boost_reader<io::gzip_decompressor>(raw);
    case Format::xz:
      return boost_reader<io::lzma_decompressor>(raw);
    case Format::zstd:
      return boost_reader<ZstdDecompressor>(raw);
    case Format::plain:
      break;
  }
  return [&raw](char* bytes, std::size_t size) { return raw.read(bytes, size); };
}

}  // namespace

struct ByteSource::State {
  explicit State(const std::string& path) : raw(path) {}
  RawBytes raw;
  const char* format_name = nullptr;
  Reader reader;  // empty until the first read
};

ByteSource::ByteSource(const std::string& path) : state_(std::make_unique<State>(path)) {}
ByteSource::~ByteSource() = default;

std::uint64_t ByteSource::position() const { return state_->raw.given(); }

std::size_t ByteSource::read(char* bytes, std::size_t size) {
  State& state = *state_;
  if (!state.reader) {
    const Magic magic = state.raw.recognize();
    state.format_name = magic.name;
    state.reader = reader_for(magic.format, state.raw);
  }
  try {
    return state.reader(bytes, size);
  } catch (const std::ios_base::failure&) {
    throw Error(concat("cannot read ", state.raw.path(), ": its ", state.format_name, " data are damaged or cut off"));
  }
}

}  // namespace mynah
