#include "corpus/check.h"

#include <gmock/gmock.h>

#include <csignal>
#include <map>
#include <nlohmann/json.hpp>

#include "base/interrupt.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// A good corpus into which pairs are planted.
struct Planted {
  SmallCorpus corpus = distinct();
  TemporaryFolder folder;
  CheckPlan plan;

  Planted() {
    plan.rules.source_language = "en";
    plan.rules.target_language = "de";
    plan.left_out = faults_named({"usual"}, "");
    plan.copy = folder / "out";
  }

  /// Small corpora repeat sources and targets; these do not.
  static SmallCorpus distinct() {
    const SmallCorpus all = small_corpus(2000);
    SmallCorpus some;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < all.source.size(); ++i) {
      if (seen.contains(all.source[i]) || seen.contains(all.target[i])) continue;
      seen.insert(all.source[i]), seen.insert(all.target[i]);
      some.source.push_back(all.source[i]);
      some.target.push_back(all.target[i]);
    }
    return some;
  }

  /// Its line.
  std::uint64_t plant(std::string source, std::string target) {
    corpus.source.push_back(std::move(source));
    corpus.target.push_back(std::move(target));
    return corpus.source.size();
  }

  CheckReport run() {
    plan.sources = {write_corpus(folder, "corpus", corpus)};
    return check_corpora(plan, nullptr);
  }
};

const FaultCount& count(const CheckReport& report, Fault fault) { return report.faults[static_cast<std::size_t>(fault)]; }

std::map<std::string, std::uint64_t> counts(const CheckReport& report) {
  std::map<std::string, std::uint64_t> found;
  for (const FaultInfo& fault : all_faults()) {
    if (count(report, fault.fault).pairs > 0) found[fault.name] = count(report, fault.fault).pairs;
  }
  return found;
}

TEST(Check, FindsWhatWasPlantedAndNothingElse) {
  Planted planted;
  const std::size_t good = planted.corpus.source.size();
  EXPECT_TRUE(counts(planted.run()).empty()) << to_text(planted.run());
  const std::string source = planted.corpus.source[3], target = planted.corpus.target[3];
  std::map<std::string, std::uint64_t> lines;
  lines["duplicate"] = planted.plant(source + " ", target);
  lines["near-duplicate"] = planted.plant(source + "!", "„" + target + "“");
  lines["several-targets"] = planted.plant(planted.corpus.source[5], "Etwas ganz anderes stand hier vorher.");
  lines["several-sources"] = planted.plant("Something else stood here before this.", planted.corpus.target[7]);
  lines["empty"] = planted.plant("", "nichts");
  lines["mojibake"] = planted.plant("a beautiful morning", "ein schÃ¶ner Morgen");
  lines["numbers"] = planted.plant("It began in 1914.", "Es begann 1915.");
  lines["tag"] = planted.plant("Click <b>here</b>, please.", "Bitte <b>hier</b> klicken.");
  const CheckReport report = planted.run();
  for (const auto& [name, line] : lines) {
    const Fault fault = *faults_named({name}, "").begin();
    ASSERT_EQ(count(report, fault).pairs, 1U) << name << "\n" << to_text(report);
    EXPECT_THAT(count(report, fault).examples[0].place, testing::EndsWith(concat(", line ", line))) << name;
  }
  EXPECT_EQ(counts(report).size(), lines.size()) << to_text(report);
  EXPECT_EQ(report.total().read, good + lines.size());
  EXPECT_EQ(report.total().kept, report.total().read - 3) << "duplicate, empty, mojibake";
  const std::string copied = content_of(planted.folder / "out/corpus.target");
  EXPECT_EQ(static_cast<std::uint64_t>(std::count(copied.begin(), copied.end(), '\n')), report.total().kept);
  EXPECT_EQ(copied.find("schÃ¶ner"), copied.npos);
  EXPECT_NE(copied.find("Es begann 1915."), copied.npos);
}

TEST(Check, EveryPairIsKeptOrCountedOnce) {
  Planted planted;
  planted.plant("", "");
  planted.plant("a \xFF b", "schÃ¶n");
  planted.plant(planted.corpus.source[0], planted.corpus.target[0]);
  for (const char* leave_out : {"usual", "all", "none"}) {
    planted.plan.left_out = faults_named({leave_out}, "");
    const CheckReport report = planted.run();
    std::uint64_t left_out = 0;
    for (const FaultCount& fault : report.faults) left_out += fault.left_out;
    EXPECT_EQ(report.total().kept + left_out, report.total().read) << leave_out;
    const std::string copied = content_of(planted.folder / "out/corpus.source");
    EXPECT_EQ(static_cast<std::uint64_t>(std::count(copied.begin(), copied.end(), '\n')), report.total().kept);
    if (leave_out == std::string("none")) {
      EXPECT_EQ(copied, content_of(planted.folder / "corpus.source"));
    }
  }
}

TEST(Check, WhatIsLeftOutIsNotComparedWith) {
  Planted planted;
  const char* source = "Here is a line of which the first translation is broken.";
  planted.plant(source, "Hier ist eine Zeile, deren erste Ãœbersetzung kaputt ist.");
  planted.plant(source, "Hier ist eine Zeile, deren erste Übersetzung kaputt ist.");
  planted.plan.left_out = faults_named({"usual", "several-targets"}, "");
  const CheckReport report = planted.run();
  EXPECT_EQ(count(report, Fault::several_targets).pairs, 0U) << "the good one must stay";
  EXPECT_EQ(count(report, Fault::mojibake).pairs, 1U);
}

TEST(Check, OverlapWithWhatModelsAreJudgedBy) {
  Planted planted;
  planted.plan.valid = {{{planted.folder.file("dev.tsv", planted.corpus.source[1] + "\t" + planted.corpus.target[1] + "\n" +
                                                             planted.corpus.source[2] + "\tetwas anderes\n")},
                         {}}};
  planted.plan.tests = {{{planted.folder.file("test.tsv", "something else\t" + planted.corpus.target[9] + "\n")}, {}}};
  const CheckReport report = planted.run();
  EXPECT_THAT(counts(report),
              ElementsAre(std::pair("in-valid", 1U), std::pair("source-in-valid", 1U), std::pair("target-in-test", 1U)));
  EXPECT_THAT(count(report, Fault::in_valid).examples[0].detail, HasSubstr("dev.tsv, line 1"));
  EXPECT_THAT(count(report, Fault::in_valid).examples[0].place, HasSubstr("line 2"));
  EXPECT_EQ(report.total().kept, report.total().read - 3);
}

TEST(Check, DoesNotDependOnThreads) {
  std::vector<std::string> reports, copies;
  for (const int threads : {1, 3}) {
    Planted planted;
    for (int i = 0; i < 300; ++i)
      planted.plant(planted.corpus.source[static_cast<std::size_t>(i)] + (i % 3 ? "" : " <b>"),
                    "ein Satz " + std::to_string(i % 7));
    planted.plan.threads = threads;
    CheckReport report = planted.run();
    report.seconds = 0;
    std::string text = to_json(report).dump();
    for (std::size_t at = text.find(planted.folder.path().string()); at != text.npos;
         at = text.find(planted.folder.path().string())) {
      text.erase(at, planted.folder.path().string().size());
    }
    reports.push_back(text);
    copies.push_back(content_of(planted.folder / "out/corpus.source"));
  }
  EXPECT_EQ(reports[0], reports[1]);
  EXPECT_EQ(copies[0], copies[1]);
}

TEST(Check, RepetitionsAcrossCorporaAreFound) {
  const Planted first;
  Planted second;
  second.plan.sources = {write_corpus(second.folder, "a", first.corpus), write_corpus(second.folder, "b", first.corpus)};
  const CheckReport report = check_corpora(second.plan, nullptr);
  EXPECT_EQ(count(report, Fault::duplicate).pairs, first.corpus.source.size());
  EXPECT_EQ(report.corpora[0].kept, first.corpus.source.size());
  EXPECT_EQ(report.corpora[1].kept, 0U);
  EXPECT_EQ(content_of(second.folder / "out/b.source"), "");
}

TEST(Check, WithLittleMemoryForgetsAndSaysSo) {
  Planted planted;
  planted.plan.memory = 1000;
  planted.plan.copy.clear();
  planted.plant(planted.corpus.source[0], planted.corpus.target[0]);
  const CheckReport report = planted.run();
  EXPECT_EQ(count(report, Fault::duplicate).pairs, 0U);
  EXPECT_EQ(report.not_compared, report.total().read);
  EXPECT_FALSE(fs::exists(planted.folder / "out"));
}

TEST(Check, AnInterruptionLeavesNoCopy) {
  Planted planted;
  catch_interrupts();
  std::raise(SIGINT);
  EXPECT_THAT(message_of<Interrupted>([&] { planted.run(); }), HasSubstr("nothing was written"));
  catch_interrupts();
  EXPECT_TRUE(fs::is_empty(planted.folder / "out"));
}

TEST(Check, FilesOfUnequalLengthAreAnErrorAndLeaveNoCopy) {
  Planted planted;
  planted.corpus.target.pop_back();
  EXPECT_THAT(message_of<Error>([&] { planted.run(); }), AllOf(HasSubstr("corpus.source has"), HasSubstr("differ in length")));
  EXPECT_TRUE(fs::is_empty(planted.folder / "out"));
}

}  // namespace
}  // namespace mynah::corpus
