#include "inference/ordered_lines.h"

#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "base/error.h"

namespace mynah::inference {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

Generated parts(std::vector<std::string> separators) {
  Generated line;
  for (std::string& separator : separators) line.parts.push_back({"source", std::move(separator), {"▁a", "b"}, {}, {}});
  return line;
}

Decoded text(std::string text, bool complete = true) { return {{{std::move(text), 0, {"x"}, {}, {}, complete}}}; }

struct Given {
  std::vector<std::string> texts;
  OrderedLines lines{[this](const Generated& line) { texts.push_back(line.text); }, 1000};
};

TEST(OrderedLines, LinesAreGivenInOrderAsSoonAsTheyAreComplete) {
  Given given;
  EXPECT_EQ(given.lines.add(parts({" ", ""})), 0U);
  EXPECT_EQ(given.lines.add(parts({""})), 1U);
  EXPECT_EQ(given.lines.add({}), 2U);
  given.lines.fill(1, 0, text("second"));
  given.lines.fill(0, 1, text("sentence."));
  EXPECT_THAT(given.texts, IsEmpty());
  given.lines.fill(0, 0, text("First"));
  EXPECT_THAT(given.texts, ElementsAre("First sentence.", "second", ""));
}

TEST(OrderedLines, ALineWithoutPartsIsGivenAtOnce) {
  Given given;
  given.lines.add({});
  EXPECT_THAT(given.texts, ElementsAre(""));
}

TEST(OrderedLines, TheAccountIsOfLinesGiven) {
  Given given;
  given.lines.add({});
  given.lines.add(parts({"", ""}));
  given.lines.add(parts({""}));
  given.lines.fill(1, 0, text("a"));
  given.lines.fill(1, 1, text("b", false));
  const Account account = given.lines.account();
  EXPECT_EQ(account.lines, 2U);
  EXPECT_EQ(account.blank_lines, 1U);
  EXPECT_EQ(account.sentences, 2U);
  EXPECT_EQ(account.source_tokens, 6U);
  EXPECT_EQ(account.target_tokens, 4U);
  EXPECT_EQ(account.unfinished, 1U);
}

TEST(OrderedLines, SuspectsAndRetriesAreCountedAndFindingsStay) {
  std::vector<Finding> findings;
  OrderedLines lines([&](const Generated& line) { findings = line.parts.at(0).findings; }, 1000);
  Generated sentences = parts({"", "", ""});
  sentences.parts[0].findings.push_back({Finding::Kind::changed, "NUL was left out"});
  lines.add(std::move(sentences));
  Decoded suspect = text("a"), missing = text("b"), cured = text("c");
  suspect.findings.push_back({Finding::Kind::suspect, "no end of it"});
  missing.findings.push_back({Finding::Kind::missing, "the number 3 is missing"});
  suspect.retried = cured.retried = true;
  lines.fill(0, 0, suspect);
  lines.fill(0, 1, missing);
  lines.fill(0, 2, cured);
  EXPECT_EQ(findings.size(), 2U);
  EXPECT_EQ(lines.account().suspects, 1U);
  EXPECT_EQ(lines.account().retries, 2U);
}

TEST(OrderedLines, AddingWaitsWhileTooMuchIsHeld) {
  OrderedLines lines([](const Generated&) {}, 3);
  lines.add(parts({"", "", ""}));
  auto added = std::async(std::launch::async, [&] { return lines.add(parts({""})); });
  EXPECT_EQ(added.wait_for(100ms), std::future_status::timeout);
  for (std::size_t part = 0; part < 3; ++part) lines.fill(0, part, text("a"));
  EXPECT_EQ(added.get(), 1U);
}

TEST(OrderedLines, ReleasingEndsTheWaiting) {
  OrderedLines lines([](const Generated&) {}, 1);
  lines.add(parts({""}));
  auto added = std::async(std::launch::async, [&] { return lines.add(parts({""})); });
  lines.release();
  EXPECT_EQ(added.get(), 1U);
}

TEST(OrderedLines, AfterAFailureNothingMoreIsGiven) {
  int calls = 0;
  OrderedLines lines([&](const Generated&) { throw Error(concat("full after ", ++calls)); }, 1000);
  lines.add(parts({""}));
  EXPECT_THROW(lines.fill(0, 0, text("a")), Error);
  lines.add({});
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace mynah::inference
