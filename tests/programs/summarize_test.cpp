// The program summarize from end to end, run as a user runs it, good input and bad.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "run_program.h"
#include "tiny_model.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

const std::string kText =
    "The sea ice in the north is melting. Every summer the ice of the northern sea covers less water than the summer before. "
    "Ships now sail where no ship could sail. My aunt once saw a bear there.\n\n"
    "When the white ice is gone, the dark sea takes up the warmth of the sun, and the north warms faster than the south. "
    "A colder winter does not bring the old ice back. Nobody knows when the first summer without sea ice will come.\n";

class Summarize : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / concat("summarize_test.", getpid()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_.parent_path()); }

  /// Without a model, unless one is named.
  static Ran summarize(std::vector<std::string> words, const std::string& input = "") {
    if (std::ranges::find(words, "--model") == words.end()) words.insert(words.begin(), "--extractive");
    words.insert(words.begin(), MYNAH_SUMMARIZE);
    return run_program(std::move(words), input);
  }
  /// With no account.
  static Ran quietly(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.begin(), "--quiet");
    return summarize(std::move(words), input);
  }
  std::string file(const std::string& name, const std::string& content) const {
    write_file(folder_ / name, content);
    return folder_ / name;
  }
  /// One sentence on standard error, under the program's name, and this exit code.
  static void expect_complaint(const Ran& ran, int code, const testing::Matcher<std::string>& what) {
    EXPECT_EQ(ran.code, code);
    EXPECT_THAT(lines_of(ran.err), testing::SizeIs(1)) << ran.err;
    EXPECT_THAT(ran.err, AllOf(StartsWith("summarize: "), what));
    EXPECT_THAT(ran.out, IsEmpty());
  }

  fs::path folder_;
};

TEST_F(Summarize, AFileOrStandardInput) {
  const Ran named = summarize({file("report.txt", kText)});
  const Ran unfit = run_program({MYNAH_SUMMARIZE, "--language", "tlh", folder_ / "report.txt"}, "");
  EXPECT_EQ(unfit.code, 0);
  EXPECT_THAT(unfit.err, HasSubstr("no model for summaries was found: sentences are chosen from the text"));
  EXPECT_EQ(named.code, 0);
  EXPECT_THAT(lines_of(named.out), testing::SizeIs(1));
  EXPECT_THAT(named.err, AllOf(HasSubstr("2 paragraphs, 7 sentences"), HasSubstr("the summary has 3 sentences")));
  const Ran piped = summarize({}, kText);
  EXPECT_EQ(piped.out, named.out);
  EXPECT_THAT(piped.err, Not(HasSubstr("no model")));
  EXPECT_EQ(quietly({"-"}, kText).out, named.out);
  EXPECT_THAT(quietly({"-"}, kText).err, IsEmpty());
}

TEST_F(Summarize, LengthIsAsWished) {
  EXPECT_THAT(lines_of(quietly({"--sentences", "2", "--style", "bullets"}, kText).out), testing::SizeIs(2));
  const auto words = nlohmann::json::parse(quietly({"--words", "40", "--json"}, kText).out)["words"].get<int>();
  EXPECT_TRUE(words >= 30 && words <= 40) << words;
  EXPECT_EQ(quietly({"--style", "sentence"}, kText).out, quietly({"--sentences", "1"}, kText).out);
  EXPECT_THAT(quietly({"--style", "headline"}, kText).out, Not(IsEmpty()));
  const auto part = nlohmann::json::parse(quietly({"--ratio", "50%", "--json"}, kText).out);
  EXPECT_LE(2 * part["words"].get<int>(), part["read"]["words"].get<int>());
}

TEST_F(Summarize, WishesThatCannotBeMetAreNamed) {
  const Ran all = quietly({"--sentences", "70"}, kText);
  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.err, HasSubstr("--sentences 70: the text has only 7"));
  EXPECT_THAT(quietly({"--words", "3000"}, kText).err, HasSubstr("--words 3000: the text has only"));
  expect_complaint(quietly({"--words", "3"}, kText), 1, HasSubstr("at most 3; sentences are never cut"));
}

TEST_F(Summarize, SourcesAndJson) {
  const Ran sources = quietly({"--sources", "--sentences", "1", file("a.txt", kText)});
  EXPECT_THAT(lines_of(sources.out), testing::SizeIs(2));
  EXPECT_THAT(lines_of(sources.out)[1], AllOf(StartsWith("    "), HasSubstr("a.txt, paragraph 1, sentence ")));
  const auto json = nlohmann::json::parse(quietly({"--json", file("a.txt", kText)}).out);
  for (const auto& sentence : json["sentences"]) EXPECT_EQ(sentence["text"], sentence["sources"][0]["text"]);
  EXPECT_EQ(json["language"], "en");
}

TEST_F(Summarize, SeveralFilesStandUnderTheirNames) {
  const std::string text = file("a.txt", kText), page = file("b.html", "<title>T</title><p>One page has one sentence here.</p>"),
                    markdown = file("c.md", "# Title\n\nSome *text* is written here, too.\n");
  const Ran ran = quietly({text, page, markdown});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, AllOf(StartsWith("==> " + text + " <==\n"),
                             HasSubstr("\n\n==> " + page + " <==\nOne page has one sentence here.\n"),
                             EndsWith("\n\n==> " + markdown + " <==\nSome text is written here, too.\n")));
  EXPECT_EQ(lines_of(quietly({"--json", text, page, markdown}).out).size(), 3U);
}

TEST_F(Summarize, AFileThatFailsDoesNotKeepTheOthers) {
  const std::string good = file("a.txt", kText), binary = file("b.pdf", "%PDF-1.5");
  const Ran ran = quietly({binary, good});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, StartsWith("==> " + good));
  EXPECT_THAT(ran.err, HasSubstr("pdftotext"));
  EXPECT_THAT(summarize({binary, good}).err, HasSubstr("2 files (1 could not be summarized); 1 document, "));
  expect_complaint(quietly({good, (folder_ / "none.txt").string()}), 1, HasSubstr("none.txt: no such file"));
}

TEST_F(Summarize, AFolderBecomesAFolder) {
  const fs::path papers = folder_ / "papers", output = folder_ / "summaries";
  fs::create_directories(papers / "below");
  const std::string text = file("papers/a.txt", kText),
                    page = file("papers/below/b.html", "<p>One page has one sentence here.</p>");
  file("papers/c.pdf", "%PDF-1.5");
  const Ran ran = summarize({papers, "--output", output, "--report", folder_ / "report.json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_EQ(read_file(output / "a.txt"), quietly({text}).out);
  EXPECT_EQ(read_file(output / "below/b.html.txt"), quietly({page}).out);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("2 files; 2 documents, 3 paragraphs, 8 sentences"), HasSubstr("2 summaries have 4 sent"),
                             HasSubstr("1 other file was not read")));
  const auto report = nlohmann::json::parse(read_file(folder_ / "report.json"));
  EXPECT_EQ(report["total"]["read"]["sentences_read"], 8);
  EXPECT_EQ(report["files"].size(), 2U);
}

TEST_F(Summarize, AFolderIsGoneOnWith) {
  const fs::path papers = folder_ / "papers", output = folder_ / "summaries";
  fs::create_directories(papers);
  file("papers/a.txt", kText);
  file("papers/b.txt", "");
  EXPECT_EQ(quietly({papers, "--output", output}).code, 3);
  EXPECT_FALSE(fs::exists(output / "b.txt"));
  file("papers/b.txt", "There is a text now.");
  const auto made = fs::last_write_time(output / "a.txt");
  const Ran again = summarize({papers, "--output", output});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("2 files (1 done before); 2 documents"));
  EXPECT_EQ(fs::last_write_time(output / "a.txt"), made);
  EXPECT_EQ(read_file(output / "b.txt"), "There is a text now.\n");
  const Ran other = quietly({papers, "--output", output, "--sentences", "1"});
  expect_complaint(other, 1, AllOf(HasSubstr("--sentences"), HasSubstr("--restart")));
  file("papers/a.txt", kText + "A sentence more.\n");
  EXPECT_THAT(quietly({papers, "--output", output}).err, HasSubstr("has changed since"));
  EXPECT_EQ(quietly({papers, "--output", output, "--restart"}).code, 0);
}

TEST_F(Summarize, AFileThatOnlyLacksItsNameGetsIt) {
  const fs::path papers = folder_ / "papers", output = folder_ / "summaries";
  fs::create_directories(papers);
  file("papers/a.txt", kText);
  EXPECT_EQ(quietly({papers, "--output", output}).code, 0);
  const std::string summary = read_file(output / "a.txt");
  std::istringstream journal(read_file(output / ".mynah-done.jsonl"));
  std::string first, done;
  std::getline(journal, first);
  std::getline(journal, done);
  auto state = nlohmann::json::parse(done);
  state["version"] = 1;
  state["settings"] = nlohmann::json::parse(first)["settings"];
  state["written"] = false;
  state["bytes"] = summary.size();
  write_file(output / ".mynah-done.jsonl", first + "\n");
  fs::remove(output / "a.txt");
  write_file(output / "a.txt.partial", summary);
  write_file(output / "a.txt.partial.json", state.dump());
  EXPECT_EQ(quietly({papers, "--output", output}).code, 0);
  EXPECT_EQ(read_file(output / "a.txt"), summary);
  EXPECT_FALSE(fs::exists(output / "a.txt.partial"));
}

TEST_F(Summarize, APileBecomesOneSummary) {
  const std::string a = file("a.txt", kText),
                    b = file("b.txt", "Banks raised their interest rates again. Rates are high this year.\n");
  const Ran ran =
      summarize({"--together", "--title", "Interest rates", "--sentences", "1", "--sources", "--read-words", "20", a, b});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr(b + ", paragraph 1"));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("2 documents"), HasSubstr("left out as less relevant: 2 paragraphs")));
}

TEST_F(Summarize, OfAPileNothingIsDroppedSilently) {
  const fs::path papers = folder_ / "papers";
  fs::create_directories(papers);
  write_file(papers / "a.txt", kText);
  write_file(papers / "empty.txt", "\n");
  write_file(papers / "b.txt", std::string("\0\1\2\3binary", 10));
  write_file(papers / "c.pdf", "%PDF");
  const Ran ran = summarize({"--together", papers});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.out, quietly({papers / "a.txt"}).out);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("no text to summarize in empty.txt"), HasSubstr("b.txt: it is no text"),
                             HasSubstr("1 document, "), HasSubstr("1 other file was not read: " + (papers / "c.pdf").string())));
  expect_complaint(quietly({"--together", papers / "empty.txt", papers / "b.txt"}), 1, HasSubstr("empty.txt"));
}

TEST_F(Summarize, NothingThatIsReadIsReplaced) {
  const std::string a = file("a.txt", kText), b = file("b.txt", kText);
  const std::string rows = file("d.jsonl", nlohmann::json{{"document", kText}, {"summary", "Ice."}}.dump() + "\n");
  expect_complaint(quietly({"--together", a, b, "--output", b}), 1, HasSubstr("--output would replace " + b));
  expect_complaint(quietly({"--score", rows, "--output", rows}), 1, HasSubstr("--output would replace " + rows));
  expect_complaint(quietly({a, "--report", a}), 1, HasSubstr("--report would replace " + a));
  EXPECT_EQ(read_file(a), kText);
  EXPECT_EQ(read_file(b), kText);
  EXPECT_THAT(read_file(rows), HasSubstr("summary"));
}

TEST_F(Summarize, WhatTheFileSystemRefusesIsNoMistakeOfTheProgram) {
  fs::create_symlink("loop.txt", folder_ / "loop.txt");
  expect_complaint(quietly({folder_ / "loop.txt"}), 1, AllOf(HasSubstr("loop.txt"), HasSubstr("symbolic links")));
}

TEST_F(Summarize, TheOutputAppearsWhenAllIsDone) {
  const std::string output = folder_ / "summary.txt";
  EXPECT_EQ(quietly({"--output", output, file("a.txt", kText)}).code, 0);
  EXPECT_EQ(read_file(output), quietly({file("a.txt", kText)}).out);
  const std::string other = folder_ / "other.txt";
  EXPECT_EQ(quietly({"--output", other}, "").code, 1);
  EXPECT_FALSE(fs::exists(other));
}

TEST_F(Summarize, AModelWritesSummaries) {
  const std::string model = folder_ / "model", text = file("a.txt", kText);
  write_tiny_model(model, "en", "en", {"headline", "paragraph"});
  const Ran ran = summarize({"--model", model, "--json", "--style", "headline", "--words", "40", text});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("; the model read 7 sentences"));
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["method"], "model");
  EXPECT_EQ(json["read"]["sentences_read"], 7);
  ASSERT_EQ(json["sentences"].size(), 1U);
  EXPECT_FALSE(json["sentences"][0]["sources"].empty());
  EXPECT_TRUE(json["sentences"][0].contains("unfounded"));
  EXPECT_LE(json["words"].get<int>(), 40);
  const std::string german =
      file("b.txt", "Das Eis der See schmilzt, und die Schiffe fahren. Der Winter bringt das Eis nicht.\n");
  const Ran other = quietly({"--model", model, german});
  EXPECT_EQ(other.code, 0);
  EXPECT_THAT(other.err, HasSubstr("the model reads en, and the text is in de: sentences are chosen from the text"));
  fs::create_directories(folder_ / "papers");
  fs::copy_file(text, folder_ / "papers/a.txt");
  EXPECT_EQ(quietly({"--model", model, folder_ / "papers", "--output", folder_ / "out"}).code, 0);
  EXPECT_EQ(read_file(folder_ / "out/a.txt"), quietly({"--model", model, text}).out);
}

TEST_F(Summarize, ASummaryIsTranslated) {
  const std::string model = folder_ / "en-de", text = file("a.txt", kText);
  write_tiny_model(model);
  const std::vector<std::string> words{"--sentences", "2", "--json", text};
  std::vector<std::string> translated{"--to", "de", "--translation-model", model};
  translated.insert(translated.end(), words.begin(), words.end());
  const Ran ran = quietly(translated);
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto plain = nlohmann::json::parse(quietly(words).out), json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["language"], "de");
  EXPECT_EQ(json["source_language"], "en");
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(json["sentences"][i]["original"], plain["sentences"][i]["text"]);
    EXPECT_EQ(json["sentences"][i]["sources"], plain["sentences"][i]["sources"]);
    EXPECT_EQ(
        json["sentences"][i]["text"].get<std::string>() + "\n",
        run_program({MYNAH_TRANSLATE, "--model", model, "--quiet"}, plain["sentences"][i]["text"].get<std::string>() + "\n").out);
  }
  expect_complaint(quietly({"--to", "xx", text}), 1, HasSubstr("no model translates en → xx"));
  expect_complaint(quietly({"--to", "fr", "--translation-model", model, text}), 1,
                   HasSubstr("it translates en → de, and en → fr"));
  expect_complaint(quietly({"--to", "de", "--translation-model", model}, "1 2 3 4"), 1, HasSubstr("--language says which"));
}

TEST_F(Summarize, AModelForTheOtherProgramIsRefused) {
  const std::string translates = folder_ / "en-de", summarizes = folder_ / "en";
  write_tiny_model(translates);
  write_tiny_model(summarizes, "en", "en", {"headline"});
  expect_complaint(quietly({"--model", translates}, kText), 1,
                   AllOf(HasSubstr("it translates (en → de)"), HasSubstr("translate --model " + translates)));
  expect_complaint(quietly({"--to", "de", "--translation-model", summarizes}, kText), 1, HasSubstr("it writes summaries"));
  const Ran ran = run_program({MYNAH_TRANSLATE, "--quiet", "--model", summarizes, "Hello."}, "");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("it writes summaries"), HasSubstr("summarize --model " + summarizes)));
}

TEST_F(Summarize, ScoresAgainstReferences) {
  const nlohmann::json row{{"document", kText}, {"summary", "The sea ice in the north is melting."}};
  const std::string documents = file("d.jsonl", row.dump() + "\n"), summaries = folder_ / "s.jsonl";
  const Ran ran = quietly({"--score", documents, "--output", summaries});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(lines_of(ran.out), testing::SizeIs(4));
  EXPECT_THAT(ran.out, StartsWith("ROUGE-1|nrefs:1|stem:porter|tok:words|version:0.1.2-mynah = "));
  EXPECT_EQ(quietly({"--score", documents, "--summaries", summaries}).out, ran.out);
}

TEST_F(Summarize, BadInputIsExplained) {
  expect_complaint(quietly({}, ""), 1, HasSubstr("there is no text to summarize in standard input"));
  expect_complaint(quietly({}, "\n \n"), 1, HasSubstr("there is no text to summarize"));
  expect_complaint(quietly({}, std::string("\0\1\2\3binary", 10)), 1, HasSubstr("it is no text"));
  expect_complaint(quietly({file("latin1.txt",
                                 "Gr\xFC\xDF Gott, sch\xF6nes M\xE4"
                                 "dchen.")}),
                   1, AllOf(HasSubstr("latin1.txt"), HasSubstr("iconv")));
  expect_complaint(quietly({(folder_ / "none.txt").string()}), 1, HasSubstr("none.txt"));
  expect_complaint(quietly({file("a.docx",
                                 "PK\3\4"
                                 "word/document.xml")}),
                   1, HasSubstr("pandoc"));
  for (const char* option : {"--sentences", "--words"})
    expect_complaint(quietly({option, "0"}, kText), 2, HasSubstr(concat(option, ": expected 1 or more")));
  expect_complaint(quietly({"--language", "german"}, kText), 2, HasSubstr("expected a language as en, de or zh-Hant"));
  expect_complaint(quietly({"--ratio", "0%"}, kText), 2, HasSubstr("--ratio"));
  expect_complaint(quietly({"--style", "haiku"}, kText), 2, HasSubstr("--style"));
  expect_complaint(quietly({"--score", file("r.jsonl", "no JSON")}), 1, HasSubstr("r.jsonl, line 1"));
}

TEST_F(Summarize, OneWordAndTextWithoutEndAreSummarized) {
  EXPECT_EQ(quietly({}, "word").out, "word\n");
  const Ran ran = quietly({file("long.txt", [] {
    std::string text;
    while (text.size() < 10'000'000) text += "word and another ";
    return text;
  }())});
  EXPECT_EQ(ran.code, 0);
  EXPECT_GT(ran.out.size(), 9'999'000U);
}

TEST_F(Summarize, AnswersAboutItself) {
  EXPECT_THAT(summarize({"--help"}).out, AllOf(HasSubstr("Usage: summarize"), HasSubstr("--together")));
  EXPECT_THAT(summarize({"--version"}).out, StartsWith("summarize (Mynah) "));
  EXPECT_THAT(summarize({"--man"}).out, HasSubstr(".TH"));
  EXPECT_THAT(summarize({"--completion", "bash"}).out, HasSubstr("--sentences"));
}

}  // namespace
}  // namespace mynah
