#include "base/fingerprint.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

std::string fingerprint(std::string_view text) {
  Fingerprint one;
  one.add(text);
  return one.text();
}

TEST(Fingerprint, IsXXH3) {
  EXPECT_EQ(fingerprint(""), "99aa06d3014798d86001c324468d497f");  // the algorithm's published value for no input
}

TEST(Fingerprint, DoesNotDependOnHowTheBytesCame) {
  Fingerprint pieces;
  for (const char* piece : {"The ", "", "cat sleeps", "."}) pieces.add(piece);
  EXPECT_EQ(pieces.text(), fingerprint("The cat sleeps."));
}

TEST(Fingerprint, GoesOnAfterItWasRead) {
  Fingerprint one;
  one.add("The cat");
  EXPECT_EQ(one.text(), fingerprint("The cat"));
  one.add(" sleeps.");
  EXPECT_EQ(one.text(), fingerprint("The cat sleeps."));
}

TEST(Fingerprint, OfAFileIsThatOfItsBytes) {
  const TemporaryFolder folder;
  const std::string text(700'000, 'a');
  Fingerprint whole, empty;
  whole.add_file(folder.file("file", text + "b"));
  EXPECT_EQ(whole.text(), fingerprint(text + "b"));
  empty.add_file(folder.file("empty", ""));
  EXPECT_EQ(empty.text(), fingerprint(""));
  EXPECT_NE(message_of<Error>([&] { whole.add_file(folder / "missing"); }).find(folder / "missing"), std::string::npos);
  EXPECT_NE(message_of<Error>([&] { whole.add_file(folder.path()); }).find(folder.path()), std::string::npos);
}

TEST(Fingerprint, TellsTextsApart) {
  EXPECT_NE(fingerprint("a"), fingerprint("b"));
  EXPECT_NE(fingerprint("a"), fingerprint("aa"));
}

}  // namespace
}  // namespace mynah
