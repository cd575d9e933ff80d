// Zstandard for Boost.Iostreams, whose own filter takes a file that was cut off for a whole one and writes no check sum.
#pragma once
#include <zstd.h>

#include <boost/iostreams/categories.hpp>
#include <boost/iostreams/read.hpp>
#include <boost/iostreams/write.hpp>
#include <ios>
#include <memory>
#include <vector>

namespace mynah {

/// Throws std::ios_base::failure when the library reports an error; gives its result otherwise.
inline std::size_t checked_zstd(std::size_t result) {
  if (ZSTD_isError(result)) throw std::ios_base::failure(ZSTD_getErrorName(result));
  return result;
}

/// Reads frames one after the other.
class ZstdDecompressor {
 public:
  using char_type = char;
  struct category : boost::iostreams::multichar_input_filter_tag {};

  template <class Source>
  std::streamsize read(Source& source, char* bytes, std::streamsize size) {
    ZSTD_outBuffer output{bytes, static_cast<std::size_t>(size), 0};
    while (output.pos == 0) {
      if (input_.pos == input_.size && !output_was_full_) {
        const std::streamsize count =
            boost::iostreams::read(source, buffer_->data(), static_cast<std::streamsize>(buffer_->size()));
        if (count <= 0) break;
        input_ = {buffer_->data(), static_cast<std::size_t>(count), 0};
      }
      expected_ = checked_zstd(ZSTD_decompressStream(context_.get(), &output, &input_));
      output_was_full_ = output.pos == output.size;
    }
    if (output.pos == 0 && expected_ != 0) throw std::ios_base::failure("the end of a frame is missing");
    return output.pos > 0 ? static_cast<std::streamsize>(output.pos) : -1;
  }

 private:
  std::shared_ptr<ZSTD_DCtx> context_{ZSTD_createDCtx(), &ZSTD_freeDCtx};  // shared, as Boost copies filters
  std::shared_ptr<std::vector<char>> buffer_ = std::make_shared<std::vector<char>>(ZSTD_DStreamInSize());
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::size_t expected_ = 0;      // what the decoder still expects; 0 between frames
  bool output_was_full_ = false;  // so the decoder may hold more
};

/// Writes one frame with a check sum.
class ZstdCompressor {
 public:
  using char_type = char;
  struct category : boost::iostreams::multichar_output_filter_tag, boost::iostreams::closable_tag {};

  ZstdCompressor() { checked_zstd(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1)); }

  template <class Sink>
  std::streamsize write(Sink& sink, const char* bytes, std::streamsize size) {
    ZSTD_inBuffer input{bytes, static_cast<std::size_t>(size), 0};
    while (input.pos < input.size) compress(sink, input, ZSTD_e_continue);
    return size;
  }

  template <class Sink>
  void close(Sink& sink) {
    ZSTD_inBuffer nothing{nullptr, 0, 0};
    while (compress(sink, nothing, ZSTD_e_end) > 0) continue;
  }

 private:
  /// Gives how much is still to be written.
  template <class Sink>
  std::size_t compress(Sink& sink, ZSTD_inBuffer& input, ZSTD_EndDirective mode) {
    ZSTD_outBuffer output{buffer_->data(), buffer_->size(), 0};
    const std::size_t remaining = checked_zstd(ZSTD_compressStream2(context_.get(), &output, &input, mode));
    boost::iostreams::write(sink, buffer_->data(), static_cast<std::streamsize>(output.pos));
    return remaining;
  }

  std::shared_ptr<ZSTD_CCtx> context_{ZSTD_createCCtx(), &ZSTD_freeCCtx};
  std::shared_ptr<std::vector<char>> buffer_ = std::make_shared<std::vector<char>>(ZSTD_CStreamOutSize());
};

}  // namespace mynah
