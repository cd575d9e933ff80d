#include "corpus/text_key.h"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

namespace mynah::corpus {
namespace {

TEST(TextKey, DiffersWithEveryByte) {
  std::unordered_set<std::uint64_t> seen;
  std::string text = "The gardener reads the newspaper.";
  seen.insert(text_key(text));
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[place] = static_cast<char>(other[place] ^ (1 << bit));
      EXPECT_TRUE(seen.insert(text_key(other)).second) << place << " " << bit;
    }
  }
  for (std::size_t length = 0; length < 20; ++length) {
    EXPECT_TRUE(seen.insert(text_key(std::string(length, '\0'))).second) << length;
  }
}

TEST(TextKey, IsTheSameOnEveryMachine) {
  EXPECT_EQ(text_key("Mynah"), 4462383972912732965U);
  EXPECT_EQ(plain_text_key("Mynah"), 4249541504568566234U);
}

TEST(TextKey, PlainOnesForgetCasePunctuationAndSpace) {
  const std::uint64_t plain = plain_text_key("It’s an ÄPFEL-pie 2");
  for (const char* same : {"It's an äpfelpie 2.", "  its AN äpfel pie…2", "(It’s) «an» äpfel\u2010pie\t2\u0000"}) {
    EXPECT_EQ(plain_text_key(same), plain) << same;
  }
  for (const char* other : {"Its an apfel pie 2", "It’s an äpfel-pie 3", "It’s an äpfel-pie", "an it’s äpfel-pie 2", "日本"}) {
    EXPECT_NE(plain_text_key(other), plain) << other;
  }
  EXPECT_NE(plain_text_key("क"), plain_text_key("कि")) << "vowel signs count";
  EXPECT_NE(plain_text_key("a"), plain_text_key("a+")) << "symbols count";
}

TEST(TextKey, CountsWhatIsLeft) {
  std::size_t kept = 0;
  EXPECT_EQ(plain_text_key(" …!? \t", &kept), 0U);
  EXPECT_EQ(kept, 0U);
  EXPECT_NE(plain_text_key("¡Olé! 日本。", &kept), 0U);
  EXPECT_EQ(kept, 5U);
}

}  // namespace
}  // namespace mynah::corpus
