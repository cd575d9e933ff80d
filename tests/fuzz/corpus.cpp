// Parallel corpora. The first byte says of which kind the rest is: a table, JSON lines, or two files, parted by a zero byte.
#include <algorithm>
#include <string_view>

#include "corpus/pair_reader.h"
#include "fuzz.h"
#include "memory_file.h"

namespace {

using mynah::corpus::PairReader;
using mynah::corpus::TextPair;
using mynah::fuzz::expect;
using mynah::fuzz::is_compressed;

std::uint64_t count_lines(std::string_view text) {
  const auto breaks = std::ranges::count(text, '\n');
  return static_cast<std::uint64_t>(breaks) + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

/// The pairs of a corpus, or nothing when it ends in Error.
std::uint64_t read_all(const mynah::corpus::Source& source) {
  PairReader reader(source);
  std::uint64_t count = 0;
  for (TextPair pair; reader.next(pair);) {
    expect(pair.line == ++count, "every line gives a pair, in order");
    expect(pair.source.find('\n') == std::string::npos && pair.target.find('\n') == std::string::npos, "a text is a line");
    expect(pair.fault.empty() || (pair.source.empty() && pair.target.empty()), "a faulty line has no texts");
  }
  return count;
}

void read_one_file(const std::vector<std::string>& fields, std::string_view text) {
  static mynah::fuzz::MemoryFile file;
  if (is_compressed(text)) return;
  file.fill(text);
  std::uint64_t pairs = 0;
  const bool accepted = mynah::fuzz::accepts([&] { pairs = read_all({{file.path()}, fields}); });
  expect(!accepted || pairs == count_lines(text), "no line is lost");
}

void read_two_files(std::string_view source, std::string_view target) {
  static mynah::fuzz::MemoryFile files[2];
  if (is_compressed(source) || is_compressed(target)) return;
  files[0].fill(source);
  files[1].fill(target);
  std::uint64_t pairs = 0;
  const bool accepted = mynah::fuzz::accepts([&] { pairs = read_all({{files[0].path(), files[1].path()}, {}}); });
  expect(accepted == (count_lines(source) == count_lines(target)), "files of different lengths, and no others, are an Error");
  expect(!accepted || pairs == count_lines(source), "no line is lost");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  switch (bytes[0]) {
    case 't':
      read_one_file({}, text);
      break;
    case 'c':
      read_one_file({"3", "1"}, text);
      break;
    case 'j':
      read_one_file({"en", "de"}, text);
      break;
    case 'n':
      read_one_file({"translation.en", "translation.a.de"}, text);
      break;
    default:
      const std::size_t zero = std::min(text.find('\0'), text.size());
      read_two_files(text.substr(0, zero), text.substr(std::min(zero + 1, text.size())));
  }
  return 0;
}
