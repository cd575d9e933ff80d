#include "corpus/fingerprint.h"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

namespace mynah::corpus {
namespace {

TEST(Fingerprint, DiffersWithEveryByte) {
  std::unordered_set<std::uint64_t> seen;
  std::string text = "The gardener reads the newspaper.";
  seen.insert(fingerprint(text));
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[place] = static_cast<char>(other[place] ^ (1 << bit));
      EXPECT_TRUE(seen.insert(fingerprint(other)).second) << place << " " << bit;
    }
  }
  for (std::size_t length = 0; length < 20; ++length) {
    EXPECT_TRUE(seen.insert(fingerprint(std::string(length, '\0'))).second) << length;
  }
}

TEST(Fingerprint, IsTheSameOnEveryMachine) {
  EXPECT_EQ(fingerprint("Mynah"), 11784915857361949463U);
  EXPECT_EQ(plain_fingerprint("Mynah"), 4249541504568566234U);
}

TEST(Fingerprint, PlainOnesForgetCasePunctuationAndSpace) {
  const std::uint64_t plain = plain_fingerprint("It’s an ÄPFEL-pie 2");
  for (const char* same : {"It's an äpfelpie 2.", "  its AN äpfel pie…2", "(It’s) «an» äpfel\u2010pie\t2\u0000"}) {
    EXPECT_EQ(plain_fingerprint(same), plain) << same;
  }
  for (const char* other : {"Its an apfel pie 2", "It’s an äpfel-pie 3", "It’s an äpfel-pie", "an it’s äpfel-pie 2", "日本"}) {
    EXPECT_NE(plain_fingerprint(other), plain) << other;
  }
  EXPECT_NE(plain_fingerprint("क"), plain_fingerprint("कि")) << "vowel signs count";
  EXPECT_NE(plain_fingerprint("a"), plain_fingerprint("a+")) << "symbols count";
}

TEST(Fingerprint, CountsWhatIsLeft) {
  std::size_t kept = 0;
  EXPECT_EQ(plain_fingerprint(" …!? \t", &kept), 0U);
  EXPECT_EQ(kept, 0U);
  EXPECT_NE(plain_fingerprint("¡Olé! 日本。", &kept), 0U);
  EXPECT_EQ(kept, 5U);
}

}  // namespace
}  // namespace mynah::corpus
