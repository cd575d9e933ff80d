#include "documents/plain_text.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(std::string_view text, ParagraphKind kind) {
  Repairs repairs;
  std::vector<std::string> result;
  for (const Paragraph& paragraph : plain_text_paragraphs(text, repairs)) {
    if (paragraph.kind == kind) result.push_back(paragraph.text);
  }
  return result;
}

std::vector<std::string> prose(std::string_view text) { return texts(text, ParagraphKind::prose); }
std::vector<std::string> headings(std::string_view text) { return texts(text, ParagraphKind::heading); }

TEST(PlainText, BlankLinesPartParagraphs) {
  EXPECT_THAT(prose("One.\n\nTwo.\r\n \t\r\n\n\nThree."), ElementsAre("One.", "Two.", "Three."));
  EXPECT_THAT(prose(""), IsEmpty());
  EXPECT_THAT(prose("\n \n"), IsEmpty());
}

TEST(PlainText, LinesEndInAnyWay) {
  EXPECT_THAT(prose("One\rtwo.\r\rThree.\r\n\r\nFour.\r"), ElementsAre("One two.", "Three.", "Four."));
  std::string_view text = "a\rb\r\n\nc";
  for (const char* line : {"a", "b", "", "c", ""}) EXPECT_EQ(take_line(text), line);
}

TEST(PlainText, WrappedLinesAreOneParagraph) {
  EXPECT_THAT(prose("The quick brown fox jumps over\nthe lazy dog and then, as ever,\nit sleeps.\n"),
              ElementsAre("The quick brown fox jumps over the lazy dog and then, as ever, it sleeps."));
}

TEST(PlainText, LinesWithRoomForTheNextWordEndParagraphs) {
  EXPECT_THAT(
      prose("Dear all,\nThe quick brown fox jumps over\nthe lazy dog and then, as ever,\nit sleeps.\nThanks,\nAnn."),
      ElementsAre("Dear all,", "The quick brown fox jumps over the lazy dog and then, as ever, it sleeps.", "Thanks,", "Ann."));
}

TEST(PlainText, LongLinesAreParagraphsOfTheirOwn) {
  const std::string one(150, 'a'), two(200, 'b');
  EXPECT_THAT(prose(one + ".\n" + two + ".\n"), ElementsAre(one + ".", two + "."));
}

TEST(PlainText, LongLinesAreWrappedWhereNearlyAllEndForWantOfRoom) {
  std::string words, wrapped, plain;
  std::size_t width = 0;
  for (int i = 0; i < 120; ++i) {
    const std::string word = i % 9 == 8 ? "Capital." : std::string(3 + static_cast<std::size_t>(i * 7 % 6), 'w');
    if (width + 1 + word.size() > 140) wrapped += "\n", width = 0;
    wrapped += (width > 0 ? " " : "") + word;
    width += word.size() + (width > 0 ? 1 : 0);
    plain += (plain.empty() ? "" : " ") + word;
  }
  EXPECT_THAT(prose(wrapped), ElementsAre(plain));
  EXPECT_THAT(prose(wrapped + "\n\nA last one."), ElementsAre(plain, "A last one."));
  const std::string one(130, 'a'), two(140, 'b'), three(120, 'c');
  EXPECT_THAT(prose(one + " x\n" + two + " x\n" + three + " x\nx."), ElementsAre(one + " x", two + " x", three + " x", "x."));
}

TEST(PlainText, ListItemsBegin) {
  EXPECT_THAT(prose("We need the following things for this:\n- a rope that is long and strong enough\n  to hold two;\n1. "
                    "luck.\n\u2022 time."),
              ElementsAre("We need the following things for this:", "- a rope that is long and strong enough to hold two;",
                          "1. luck.", "\u2022 time."));
}

TEST(PlainText, ShortLinesWithoutPunctuationAreHeadings) {
  const std::string text = "BACKGROUND\n\nIt is so. Why?\n\n2 Methods\n\n- an item\n\nWe looked.";
  EXPECT_THAT(headings(text), ElementsAre("BACKGROUND", "2 Methods"));
  EXPECT_THAT(prose(text), ElementsAre("It is so. Why?", "- an item", "We looked."));
  EXPECT_THAT(headings("just a line"), IsEmpty()) << "there would be nothing else";
}

TEST(PlainText, LinesThatTellSomethingAreNoHeadings) {
  const std::vector<std::string> telling{"Deadline: Friday, 14 March 2025", "Total cost so far: 3.2 million euros",
                                         "We sold 300 tickets", "Meeting on 14 March 2025", "\u622A\u6B62\uFF1A\u5468\u4E94"};
  const std::vector<std::string> titles{"2 Methods",       "Chapter 3: The Whale", "Chapter 3 The white whale",
                                        "Report for 2024", "10:30 Opening",        "Part II"};
  std::string text;
  for (const std::string& line : telling) text += line + "\n\n";
  for (const std::string& line : titles) text += line + "\n\n";
  EXPECT_EQ(prose(text), telling);
  EXPECT_EQ(headings(text), titles);
  EXPECT_EQ(
      prose("Deadline: Friday\nTotal cost: 3.2 million euros\nPlace: Here\n\nWe heard of it: that all\nof us know: it is so."),
      (std::vector<std::string>{"Deadline: Friday", "Total cost: 3.2 million euros", "Place: Here",
                                "We heard of it: that all of us know: it is so."}));
}

TEST(PlainText, RulersAreNoTextAndUnderlineHeadings) {
  const std::string text =
      "=====\nNote: title\n=====\nIt is so.\n-----\n\nWhy 3 of us went?\r\n-----\nText\ngoes on.\n---\nMore.\n\n* * "
      "*\n\n+---+----+\n"
      "\u2500\u2500\u2500\nEnd.\n\n___\n";
  EXPECT_THAT(headings(text), ElementsAre("Note: title", "Why 3 of us went?"));
  EXPECT_THAT(prose(text), ElementsAre("It is so.", "Text goes on.", "More.", "End."));
  EXPECT_THAT(prose("Well --\n--\n...\n\n* *"), ElementsAre("Well -- --", "...", "* *")) << "too few, or other marks";
  const std::string longer(90, 'a');
  EXPECT_THAT(prose(longer + "\n-----\nb."), ElementsAre(longer, "b."));
  EXPECT_THAT(prose("-----\n"), IsEmpty());
}

TEST(PlainText, AMailsHeaderQuotationsAndSignatureAreAsides) {
  const std::string mail =
      "From: Ann\nSubject: The ice\n\nThe ice is melting faster than\nanybody had thought.\nOn Monday, Bob wrote:\n> How is the "
      "ice?\n> Is it there?\nWe have to hurry.\n\n-- \nAnn\n";
  EXPECT_THAT(prose(mail), ElementsAre("The ice is melting faster than anybody had thought.", "We have to hurry."));
  EXPECT_THAT(
      texts(mail, ParagraphKind::aside),
      ElementsAre("From: Ann", "Subject: The ice", "On Monday, Bob wrote: > How is the ice?", "> Is it there?", "-- Ann"));
  EXPECT_THAT(headings("From: Ann\nTo: Bob\n\nSee you"), IsEmpty()) << "there would be nothing else";
}

TEST(PlainText, IsRepaired) {
  Repairs repairs;
  EXPECT_EQ(plain_text_paragraphs("a\xFF\x01z.", repairs).at(0).text, "a\uFFFDz.");
  EXPECT_EQ(repairs.invalid, 1U);
  EXPECT_EQ(repairs.controls, 1U);
}

TEST(SingleSpaced, RunsOfWhiteSpaceAreOneSpace) {
  EXPECT_EQ(single_spaced(" \n a \t b\nc  "), "a b c");
  EXPECT_EQ(single_spaced(""), "");
  EXPECT_EQ(single_spaced("\u3000\u4E2D\u6587 "), "\u4E2D\u6587");
  EXPECT_EQ(single_spaced("mot\u00A0!"), "mot\u00A0!");
}

TEST(SingleSpaced, LinesOfScriptsWithoutSpacesAreJoinedWithout) {
  EXPECT_EQ(single_spaced("\u4ECA\u5929\u5929\u6C14\n\u5F88\u597D\u3002\n\u660E\u5929\u2026"),
            "\u4ECA\u5929\u5929\u6C14\u5F88\u597D\u3002\u660E\u5929\u2026");
  EXPECT_EQ(single_spaced("\u4E2D\u6587\nEnglish\n\u4E2D\u6587"), "\u4E2D\u6587 English \u4E2D\u6587");
  EXPECT_EQ(single_spaced("\u4E2D\u6587 \u4E2D\u6587"), "\u4E2D\u6587 \u4E2D\u6587");
}

}  // namespace
}  // namespace mynah::documents
