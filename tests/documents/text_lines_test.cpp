#include "documents/text_lines.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/random.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

struct Pieces {
  std::vector<std::string> texts, ends;
  std::uint64_t lines = 0;
  std::string fingerprint, joined;
  std::size_t longest = 0;
  Repairs repairs;
};

Pieces pieces(const std::string& content, std::size_t longest = 1000) {
  const TemporaryFolder folder;
  TextLines lines(folder.file("text", content), longest);
  Pieces found;
  for (TextLine line; lines.next(line);) {
    EXPECT_TRUE(line.complete || line.end.empty());
    found.texts.push_back(line.text);
    found.ends.push_back(line.complete ? line.end : "…");
    found.joined += line.text + line.end;
    found.longest = std::max(found.longest, line.text.size());
    found.repairs += line.repairs;
  }
  found.lines = lines.lines();
  found.fingerprint = lines.fingerprint();
  return found;
}

std::string fingerprint(const std::string& text) {
  Fingerprint whole;
  whole.add(text);
  return whole.text();
}

TEST(TextLines, LineEndsAreKept) {
  const Pieces found = pieces("one\ntwo\r\n\n\r\nlast");
  EXPECT_THAT(found.texts, ElementsAre("one", "two", "", "", "last"));
  EXPECT_THAT(found.ends, ElementsAre("\n", "\r\n", "\n", "\r\n", ""));
  EXPECT_EQ(found.lines, 5U);
}

TEST(TextLines, AnEmptyFileHasNoLines) {
  EXPECT_EQ(pieces("").lines, 0U);
  EXPECT_THAT(pieces("\n").texts, ElementsAre(""));
}

TEST(TextLines, LoneReturnsAndOtherBreaksEndNoLine) {
  const Pieces found = pieces(
      "a\rb\xE2\x80\xA8"
      "c\fd\n");
  EXPECT_THAT(found.texts, ElementsAre("a b\xE2\x80\xA8"
                                       "c d"));
  EXPECT_EQ(found.repairs, (Repairs{.returns = 1, .controls = 1}));
}

TEST(TextLines, LongLinesComeInPiecesBetweenCodePoints) {
  const Pieces found = pieces("12345678\nabcdefgh猫bc\n", 9);
  EXPECT_THAT(found.texts, ElementsAre("12345678", "abcdefgh", "猫bc"));
  EXPECT_THAT(found.ends, ElementsAre("\n", "…", "\n"));
  EXPECT_EQ(found.lines, 2U);
  EXPECT_FALSE(found.repairs.any());
}

TEST(TextLines, PiecesAreTheText) {
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int place = 0; place < 60; ++place) {
      constexpr std::array<const char*, 7> kUnits = {"a", "ü", "猫", "🐈", "\n", "\r\n", "long word "};
      text += kUnits.at(random.below(kUnits.size()));
    }
    for (const std::size_t longest : {4, 5, 8, 17, 1000}) {
      const Pieces found = pieces(text, longest);
      EXPECT_EQ(found.joined, text);
      EXPECT_LE(found.longest, longest);
      EXPECT_EQ(found.fingerprint, fingerprint(text));
      EXPECT_FALSE(found.repairs.any());
      EXPECT_EQ(found.lines, pieces(text).lines);
    }
  }
}

TEST(TextLines, LinesLongerThanWhatIsReadAtOnceAreWhole) {
  const std::string line(300'000, 'x');
  const Pieces found = pieces(line + "\r\n" + line, 1'000'000'000);
  EXPECT_THAT(found.texts, ElementsAre(line, line));
  EXPECT_THAT(found.ends, ElementsAre("\r\n", ""));
}

TEST(TextLines, BytesThatAreNoTextAreRepaired) {
  const Pieces found = pieces("\xEF\xBB\xBF" + "a\0\xFF\n"s + std::string(20, '\x80'), 8);
  EXPECT_EQ(found.texts.front(), "a\xEF\xBF\xBD");
  for (const std::string& text : found.texts) EXPECT_TRUE(is_valid_utf8(text));
  EXPECT_EQ(found.repairs, (Repairs{.invalid = 21, .nul = 1, .bom = 1}));
  EXPECT_EQ(found.lines, 2U);
}

TEST(TextLines, TheFingerprintIsOfWhatWasGiven) {
  const TemporaryFolder folder;
  TextLines lines(folder.file("text", "one\r\ntwo\n"), 100);
  TextLine line;
  lines.next(line);
  EXPECT_EQ(lines.fingerprint(), fingerprint("one\r\n"));
  lines.next(line);
  EXPECT_EQ(lines.fingerprint(), fingerprint("one\r\ntwo\n"));
}

}  // namespace
}  // namespace mynah::documents
