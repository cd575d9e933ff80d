#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <cerrno>

#include "base/error.h"
#include "base/file_descriptor.h"
#include "base/file_name.h"
#include "base/files.h"
#include "base/zstd_filter.h"

namespace mynah {

namespace {

namespace io = boost::iostreams;

constexpr int kBufferSize = 1 << 16;

/// A string as Boost.Iostreams wants it, so that only our own code meets the disk and its errors.
struct StringDevice {
  using char_type = char;
  using category = io::sink_tag;
  std::streamsize write(const char* bytes, std::streamsize size) const {
    text->append(bytes, static_cast<std::size_t>(size));
    return size;
  }
  std::string* text;
};

/// Compresses into `text`; null when the name asks for no compression.
std::unique_ptr<io::filtering_ostreambuf> compressor_for(std::string_view name, std::string& text) {
  auto chain = std::make_unique<io::filtering_ostreambuf>();
  if (name.ends_with(".gz")) {
    chain->push(io::gzip_compressor(), kBufferSize);
  } else if (name.ends_with(".xz")) {
    chain->push(io::lzma_compressor(), kBufferSize);
  } else if (name.ends_with(".zst")) {
    chain->push(ZstdCompressor(), kBufferSize);
  } else {
    return nullptr;
  }
  chain->push(StringDevice{&text}, kBufferSize);
  return chain;
}

}  // namespace

struct OutputFile::Sink {
  Sink(const std::string& name, Compression compression);
  ~Sink() {
    if (!partial.empty()) ::unlink(partial.c_str());
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  void drain() {
    file.write(pending);
    pending.clear();
  }

  std::string target;   // what the user named, or what that link points at
  std::string partial;  // empty when the bytes go straight to the target
  FileDescriptor file;
  std::string pending;                                   // not yet written
  std::unique_ptr<io::filtering_ostreambuf> compressor;  // fills `pending`; null when there is none
};

OutputFile::Sink::Sink(const std::string& name, Compression compression) : target(name) {
  if (name == "-") {
    file = FileDescriptor(STDOUT_FILENO, "standard output");
    return;
  }
  if (compression == Compression::by_name) compressor = compressor_for(name, pending);
  struct stat status {};
  const bool exists = ::stat(name.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    fail_with_errno("write", name);
  }
  const bool in_place = exists && !S_ISREG(status.st_mode);
  if (!in_place) target = behind_links(target);
  const std::string opened = in_place ? name : target + ".partial";
  file = FileDescriptor(::open(opened.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), name);
  if (!file.open()) fail_with_errno("write", name);
  if (!in_place) partial = opened;
  if (exists && !in_place) ::fchmod(file.number(), status.st_mode & 07777);
}

OutputFile::OutputFile(const std::string& path, Compression compression) : sink_(std::make_unique<Sink>(path, compression)) {}
OutputFile::~OutputFile() = default;
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;

void OutputFile::write(std::string_view bytes) {
  Sink& sink = *sink_;
  if (sink.compressor) {
    sink.compressor->sputn(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  } else {
    sink.pending.append(bytes);
  }
  if (sink.pending.size() >= kBufferSize || sink.file.number() == STDOUT_FILENO) sink.drain();
}

void OutputFile::flush() { sink_->drain(); }

void OutputFile::commit() {
  Sink& sink = *sink_;
  if (sink.compressor) sink.compressor->reset();  // the last block and the check sum
  sink.drain();
  if (sink.partial.empty()) return;
  sink.file.sync();
  sink.file.close();
  give_name(sink.partial, sink.target);
  sink.partial.clear();
}

}  // namespace mynah
