#include <gmock/gmock.h>

#include <cstdlib>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "cli/program.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::HasSubstr;

class ManPage : public testing::Test {
 protected:
  /// What `command` prints about the page; skips the test where there is no mandoc.
  std::string mandoc(const std::string& arguments) {
    const std::string file = folder_.file("sample.1", page_);
    const std::string out = folder_ / "out";
    status_ = std::system(concat("mandoc ", arguments, " ", file, " >", out, " 2>&1").c_str());
    return content_of(out);
  }
  /// mandoc prints bold and underlined letters as two with a backspace between them.
  static std::string without_overstrikes(std::string text) {
    for (std::size_t at = text.find('\b'); at != std::string::npos; at = text.find('\b')) text.erase(at - 1, 2);
    return text;
  }
  static bool has_mandoc() { return std::system("command -v mandoc >/dev/null") == 0; }

  TemporaryFolder folder_;
  Sample sample_;
  std::string page_ = man_page(sample_program(), sample_.list());
  int status_ = 0;
};

TEST_F(ManPage, HasTheUsualSections) {
  for (const char* heading : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES"}) {
    EXPECT_THAT(page_, HasSubstr(concat("\n.SH ", heading, '\n')));
  }
  EXPECT_THAT(page_, HasSubstr(".TP\n\\fB\\-b\\fR, \\fB\\-\\-beam\\-size\\fR \\fIN\\fR\nHypotheses followed at once;"));
  EXPECT_THAT(page_, HasSubstr("default: 4).\nAlso \\-\\-num\\-beams, \\-\\-beam.\n"));
}

TEST_F(ManPage, TextIsNeverTakenForARequest) {
  EXPECT_THAT(page_, HasSubstr(".PP\n\\&.The second begins with a dot\n\\&'and goes on\\eafter a backslash.\n"));
  for (const char c : page_) ASSERT_TRUE(static_cast<unsigned char>(c) < 0x80);
  EXPECT_THAT(page_, HasSubstr("another \\[u2014] slowly"));
}

TEST_F(ManPage, MandocFindsNothingToComplainOf) {
  if (!has_mandoc()) GTEST_SKIP() << "mandoc is not installed";
  EXPECT_EQ(mandoc("-Tlint -Wwarning"), "");
  EXPECT_EQ(status_, 0);
}

TEST_F(ManPage, RendersAsItWasMeant) {
  if (!has_mandoc()) GTEST_SKIP() << "mandoc is not installed";
  const std::string text = without_overstrikes(mandoc("-Tutf8 -Owidth=100"));
  EXPECT_THAT(text, HasSubstr("-b, --beam-size N"));
  EXPECT_THAT(text, HasSubstr("another — slowly"));
  EXPECT_THAT(text, HasSubstr(".The second begins with a dot 'and goes on\\after a backslash."));
}

}  // namespace
}  // namespace mynah::cli
