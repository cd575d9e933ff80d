#include "documents/mail.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

/// The lines that are the mail's own.
Lines own(const Lines& lines) {
  Lines result;
  const std::vector<bool> asides = mail_asides(lines);
  EXPECT_EQ(asides.size(), lines.size());
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (!asides[line]) result.push_back(lines[line]);
  }
  return result;
}

TEST(Mail, TheHeaderIsSetAside) {
  EXPECT_THAT(own({"", "From: Ann <ann@example.org>", "X-Id: 7", "SUBJECT: Ice", "\tand snow", "", "To: be read."}),
              ElementsAre("", "To: be read."));
}

TEST(Mail, QuotationsAreSetAsideWithWhoseTheyAre) {
  EXPECT_THAT(own({"Yes.", "On Monday, Ann wrote:", "", "> Is it?", ">", "> Really?", "It is.", ">> Deeper.", "End."}),
              ElementsAre("Yes.", "It is.", "End."));
  EXPECT_THAT(own({"Yes.", "On Mon, 3 Mar 2025, at 10:00, Ann Smith", "<ann@example.org> wrote:", "> Is it?", "No."}),
              ElementsAre("Yes.", "No."));
  EXPECT_THAT(own({"From: a", "Date: b", "", "Yes.", "Ann wrote:", " > Is it?"}), ElementsAre("", "Yes.", "Ann wrote:"));
}

TEST(Mail, TheSignatureIsSetAside) {
  EXPECT_THAT(own({"From: a", "To: b", "", "--", "Yes.", "-- ", "Ann", "Somewhere"}), ElementsAre("", "--", "Yes."));
  EXPECT_THAT(own({"Yes.", "--", "Ann", "", "On Monday, Bob wrote:", "> Is it?"}), ElementsAre("Yes."));
}

TEST(Mail, OtherTextsHaveNoAsides) {
  for (const Lines& lines :
       {Lines{}, Lines{""}, Lines{"> quoted", "--", "Ann"}, Lines{"From: a", "", "--", "b"}, Lines{"From: a", "To: b"},
        Lines{"From: a", "To: b", "and text", "", "> c"}, Lines{"From: here", "To go on: there", "", "> c"},
        Lines{"  From: a", "To: b", "", "> c"}, Lines{"On Monday, Ann wrote:", "It is so.", "> 5 of them"},
        Lines{"Ann wrote:", "> Is it?"}, Lines{"Intro", "From: a", "To: b", "", "> c"}}) {
    EXPECT_THAT(mail_asides(lines), Each(false));
    EXPECT_THAT(mail_asides(lines), testing::SizeIs(lines.size()));
  }
}

}  // namespace
}  // namespace mynah::documents
