#include "documents/text_lines.h"

#include <algorithm>
#include <limits>

namespace mynah::documents {
namespace {

constexpr std::size_t kReadAtOnce = std::size_t{1} << 16;
constexpr std::size_t kLongestCodePoint = 4;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max() / 2;

/// At most `limit` bytes of `text`, cut in front of a code point where the last bytes look like one.
std::size_t cut_between_code_points(std::string_view text, std::size_t limit) {
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  std::size_t cut = limit;
  while (cut > 0 && limit - cut < kLongestCodePoint && continues(cut)) --cut;
  return cut > 0 && !continues(cut) ? cut : limit;
}

}  // namespace

TextLines::TextLines(const std::string& path, std::size_t longest)
    : bytes_(path), longest_(std::clamp(longest, kLongestCodePoint, kUnlimited)) {}

bool TextLines::refill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kReadAtOnce);
  const std::size_t count = bytes_.read(buffer_.data() + size, kReadAtOnce);
  buffer_.resize(size + count);
  return count > 0;
}

void TextLines::give(std::size_t size, std::string_view end, bool complete, TextLine& line) {
  const std::string_view raw = std::string_view(buffer_).substr(begin_, size);
  line.repairs = bytes_.take_repairs();
  line.text = repair_line(raw, line.repairs);
  line.end = end;
  line.complete = complete;
  fingerprint_.add(raw);
  fingerprint_.add(end);
  given_ += size + end.size();
  begin_ += size + end.size();
  searched_ = 0;
  lines_ += complete ? 1 : 0;
}

bool TextLines::next(TextLine& line) {
  for (bool more = true; more;) {
    const std::string_view rest = std::string_view(buffer_).substr(begin_);
    const std::size_t newline = rest.find('\n', searched_);
    if (newline != std::string_view::npos) {
      const std::size_t end = newline > 0 && rest[newline - 1] == '\r' ? 2 : 1;
      const std::size_t size = newline + 1 - end;
      if (size <= longest_) return give(size, rest.substr(size, end), true, line), true;
    }
    if (rest.size() > longest_ + 1) {  // so that a line end of two bytes would have been seen
      return give(cut_between_code_points(rest, longest_), "", false, line), true;
    }
    searched_ = rest.size();
    more = refill();
  }
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  if (rest.empty()) return false;
  const bool last = rest.size() <= longest_;
  give(last ? rest.size() : cut_between_code_points(rest, longest_), "", last, line);
  return true;
}

std::string fingerprint_of_text(const std::string& path) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  TextLines lines(path, kPiece);
  for (TextLine line; lines.next(line);) continue;
  return lines.fingerprint();
}

}  // namespace mynah::documents
