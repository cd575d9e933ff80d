#include "text/verbatim.h"

#include <gmock/gmock.h>

#include <string>

namespace mynah {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found(std::string_view text) {
  std::vector<std::string> all;
  for (const Verbatim& verbatim : find_verbatim(text)) all.emplace_back(verbatim.text);
  return all;
}

TEST(Verbatim, FindsUrlsWithoutThePunctuationBehind) {
  EXPECT_THAT(found("See https://example.org/a?b=c&d=%20#e, or (http://x.de/y)."),
              ElementsAre("https://example.org/a?b=c&d=%20#e", "http://x.de/y"));
  EXPECT_THAT(found("Auf www.example.de! Und ftp://files.example.org/pub/"),
              ElementsAre("www.example.de", "ftp://files.example.org/pub/"));
  EXPECT_THAT(found("访问https://example.cn/页面。"), ElementsAre("https://example.cn/"));
  EXPECT_THAT(found("https://en.wikipedia.org/wiki/Mynah_(bird)"), ElementsAre("https://en.wikipedia.org/wiki/Mynah_(bird)"));
  EXPECT_THAT(found("https:// and www. are beginnings"), IsEmpty());
}

TEST(Verbatim, FindsMailAddresses) {
  EXPECT_THAT(found("Write to jane.doe+x@mail.example.org."), ElementsAre("jane.doe+x@mail.example.org"));
  EXPECT_THAT(found("请联系a@b.cn！"), ElementsAre("a@b.cn"));
  EXPECT_THAT(found("@home, a@b, me@2.5"), IsEmpty());
}

TEST(Verbatim, FindsPlaceholdersOfMostKinds) {
  EXPECT_THAT(found("{name} has {0} of {{ total }} in ${user.home} and #{x}"),
              ElementsAre("{name}", "{0}", "{{ total }}", "${user.home}", "#{x}"));
  EXPECT_THAT(found("%s: %d of %1$s, %(count)d, %-5.2f, %@, %lu"),
              ElementsAre("%s", "%d", "%1$s", "%(count)d", "%-5.2f", "%@", "%lu"));
  EXPECT_THAT(found("<b>bold</b>, <br/>, <a href=\"x y\">"), ElementsAre("<b>", "</b>", "<br/>", "<a href=\"x y\">"));
  EXPECT_THAT(found("__NAME__ and __init__"), ElementsAre("__NAME__", "__init__"));
}

TEST(Verbatim, OrdinaryTextHasNone) {
  for (const char* text : {"100 % sure, 5%d", "a < b and c > d", "50% des gens", "{ a, b c }", "x__y", "____", "10:30",
                           "e.g. this", "{}", "<3", "größer", "%"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Verbatim, KindsHaveNames) {
  const auto all = find_verbatim("www.example.de a@b.de {x}");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(name_of(all[0].kind), "URL");
  EXPECT_EQ(name_of(all[1].kind), "mail address");
  EXPECT_EQ(name_of(all[2].kind), "placeholder");
}

TEST(Verbatim, OccurrencesAreCounted) {
  EXPECT_EQ(count_of("%s", "%s and %s"), 2U);
  EXPECT_EQ(count_of("aa", "aaaa"), 2U);
  EXPECT_EQ(count_of("x", ""), 0U);
}

}  // namespace
}  // namespace mynah
