#include "base/fingerprint.h"

#include <gtest/gtest.h>

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

TEST(Fingerprint, TellsTextsApart) {
  EXPECT_NE(fingerprint("a"), fingerprint("b"));
  EXPECT_NE(fingerprint("a"), fingerprint("aa"));
}

}  // namespace
}  // namespace mynah
