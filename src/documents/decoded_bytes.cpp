#include "documents/decoded_bytes.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace mynah::documents {
namespace {

using namespace std::string_view_literals;

/// A byte order mark and the encoding it stands for. The longer ones first: UTF-16LE's begins UTF-32LE's.
struct Mark {
  std::string_view bytes;
  const char* encoding;
};
constexpr std::array<Mark, 5> kMarks = {{{"\xFF\xFE\0\0"sv, "UTF-32LE"},
                                         {"\0\0\xFE\xFF"sv, "UTF-32BE"},
                                         {"\xEF\xBB\xBF"sv, "UTF-8"},
                                         {"\xFF\xFE"sv, "UTF-16LE"},
                                         {"\xFE\xFF"sv, "UTF-16BE"}}};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Puts U+FFFD for what is ill-formed, and counts.
void substitute(const void* count, UConverterToUnicodeArgs* arguments, const char* units, std::int32_t length,
                UConverterCallbackReason reason, UErrorCode* status) {
  if (reason == UCNV_ILLEGAL || reason == UCNV_IRREGULAR || reason == UCNV_UNASSIGNED) {
    ++*const_cast<std::uint64_t*>(static_cast<const std::uint64_t*>(count));
  }
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, arguments, units, length, reason, status);
}

Converter open_converter(const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding, &status));
  ensure(U_SUCCESS(status), "ICU knows Unicode's encodings");
  return converter;
}

/// UTF-16 or UTF-32 into UTF-8, a buffer at a time.
class Transcoder {
 public:
  Transcoder(const char* encoding, std::uint64_t& invalid) : from_(open_converter(encoding)), to_(open_converter("UTF-8")) {
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(from_.get(), substitute, &invalid, nullptr, nullptr, &status);
    ensure(U_SUCCESS(status), "ICU takes a callback");
  }

  /// Fills `target` from `source`; both move. `last`: no more bytes will come. Returns how much was written.
  std::size_t convert(std::string_view& source, bool last, char* target, std::size_t size) {
    char* end = target;
    const char* begin = source.data();
    const char* const source_end = source.data() + source.size();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_convertEx(to_.get(), from_.get(), &end, target + size, &begin, source_end, pivot_.data(), &pivot_begin_, &pivot_end_,
                   pivot_.data() + pivot_.size(), false, last, &status);
    ensure(U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR, "ill-formed text is replaced");
    source = std::string_view(begin, static_cast<std::size_t>(source_end - begin));
    return static_cast<std::size_t>(end - target);
  }

 private:
  Converter from_, to_;
  std::vector<UChar> pivot_ = std::vector<UChar>(4096);
  UChar *pivot_begin_ = pivot_.data(), *pivot_end_ = pivot_.data();
};

}  // namespace

struct DecodedBytes::State {
  explicit State(const std::string& path) : file(path) {}

  /// Reads no more than tells a mark from text, so that a line typed at a terminal is not waited beyond.
  void recognize();
  std::size_t read_raw(char* bytes, std::size_t size);

  ByteSource file;
  bool recognized = false;
  std::string encoding = "UTF-8";
  std::string start;  // the first bytes, without the mark
  std::size_t given = 0;
  Repairs repairs;
  std::unique_ptr<Transcoder> transcoder;  // null: UTF-8
  std::string units;                       // not yet transcoded
  bool ended = false;
};

void DecodedBytes::State::recognize() {
  recognized = true;
  const auto undecided = [&] {
    return std::ranges::any_of(
        kMarks, [&](const Mark& mark) { return mark.bytes.size() > start.size() && mark.bytes.starts_with(start); });
  };
  while (undecided()) {
    std::array<char, 4> more{};
    const std::size_t count = file.read(more.data(), more.size());
    if (count == 0) break;
    start.append(more.data(), count);
  }
  const auto* mark = std::ranges::find_if(kMarks, [&](const Mark& one) { return start.starts_with(one.bytes); });
  if (mark == kMarks.end()) return;
  ++repairs.bom;
  start.erase(0, mark->bytes.size());
  encoding = mark->encoding;
  if (encoding != "UTF-8") transcoder = std::make_unique<Transcoder>(mark->encoding, repairs.invalid);
}

std::size_t DecodedBytes::State::read_raw(char* bytes, std::size_t size) {
  const std::size_t count = given < start.size() ? start.copy(bytes, size, given) : file.read(bytes, size);
  given += count;
  return count;
}

DecodedBytes::DecodedBytes(const std::string& path) : state_(std::make_unique<State>(path)) {}
DecodedBytes::~DecodedBytes() = default;
DecodedBytes::DecodedBytes(DecodedBytes&&) noexcept = default;

std::size_t DecodedBytes::read(char* bytes, std::size_t size) {
  State& state = *state_;
  if (!state.recognized) state.recognize();
  if (!state.transcoder) return state.read_raw(bytes, size);
  for (;;) {
    std::string_view units = state.units;
    const std::size_t count = state.transcoder->convert(units, state.ended, bytes, size);
    state.units.erase(0, state.units.size() - units.size());
    if (count > 0 || state.ended) return count;
    state.units.resize(size);
    state.units.resize(state.read_raw(state.units.data(), size));
    state.ended = state.units.empty();
  }
}

const std::string& DecodedBytes::encoding() const { return state_->encoding; }

Repairs DecodedBytes::take_repairs() {
  const Repairs taken = state_->repairs;
  state_->repairs = {};
  return taken;
}

std::uint64_t DecodedBytes::position() const { return state_->file.position(); }

}  // namespace mynah::documents
