// Text files as lines that can be put back: with the line ends they had, the very long ones in pieces.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/fingerprint.h"
#include "documents/decoded_bytes.h"
#include "text/repair.h"

namespace mynah::documents {

/// A line, or a piece of one that is longer than is taken at once.
struct TextLine {
  std::string text;      // UTF-8, repaired
  std::string end;       // "\n", "\r\n", or empty where the file ends without
  bool complete = true;  // false: the line goes on in the next piece
  Repairs repairs;
};

/// Reads lines. They end at "\n" or "\r\n", and nowhere else, so that they can be counted as `wc -l` counts.
class TextLines {
 public:
  /// Pieces have at most `longest` bytes (before repair), and are cut between code points. "-" is standard input.
  /// Throws Error naming the file when it is missing, unreadable, a folder, or its compressed data are damaged.
  explicit TextLines(const std::string& path, std::size_t longest);

  /// Puts the next line or piece into `line`; false at the end.
  bool next(TextLine& line);

  /// Whole lines given so far.
  std::uint64_t lines() const { return lines_; }
  /// Of everything given so far, line ends and what was repaired included.
  std::string fingerprint() const { return fingerprint_.text(); }
  const std::string& encoding() const { return bytes_.encoding(); }
  /// How far in the file that is, in its own bytes; of compressed files about.
  std::uint64_t position() const { return std::min(given_, bytes_.position()); }

 private:
  bool refill();
  void give(std::size_t size, std::string_view end, bool complete, TextLine& line);

  DecodedBytes bytes_;
  std::size_t longest_;
  std::string buffer_;  // read and not given, from begin_ on
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;  // of what is there, so much holds no line end
  std::uint64_t lines_ = 0, given_ = 0;
  Fingerprint fingerprint_;
};

/// That of a whole file.
std::string fingerprint_of_text(const std::string& path);

}  // namespace mynah::documents
