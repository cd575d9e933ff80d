#include "metrics/metric.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"
#include "base/files.h"
#include "corruption.h"
#include "stored_scores.h"

namespace mynah::metrics {
namespace {

using Lines = std::vector<std::string>;

const Lines kReferences{"The quick brown fox jumps over the lazy dog.", "It is 1,500 metres high, roughly."};
const Lines kHypotheses{"The quick brown dog jumps over the lazy fox.", "It's roughly 1,500 metres high."};

TEST(Metric, ListsWhatItKnows) {
  EXPECT_THAT(metric_names(), testing::ElementsAre("bleu", "chrf", "chrf++", "rouge1", "rouge2", "rougeL", "rougeLsum"));
  for (const std::string& name : metric_names()) {
    const Score found = score(name, kReferences, kReferences, {});
    EXPECT_EQ(found.name, name);
    EXPECT_NEAR(found.value, 100, 1e-9);
  }
}

TEST(Metric, RefusesUnequalCountsNamingBoth) {
  const Lines one{"one"};
  EXPECT_THAT(
      [&] { score("bleu", one, kReferences, {}); },
      testing::ThrowsMessage<Error>(testing::AllOf(testing::HasSubstr("1 hypotheses"), testing::HasSubstr("2 references"))));
}

TEST(Metric, RefusesUnknownNames) {
  EXPECT_THAT(
      [] { score("meteor", kReferences, kReferences, {}); },
      testing::ThrowsMessage<UsageError>(testing::HasSubstr("no metric 'meteor': expected one of bleu, chrf, chrf++, rouge1")));
}

TEST(Metric, NoLinesScoreZero) {
  for (const std::string& name : metric_names()) EXPECT_EQ(score(name, {}, {}, {}).value, 0);
}

TEST(Metric, ReportsAsSacrebleuDoes) {
  EXPECT_EQ(report_line({"bleu", 39.517, "nrefs:1|case:mixed", "70.1/46.0/32.2/23.1 (BP = 1.000)"}),
            "BLEU|nrefs:1|case:mixed = 39.52 70.1/46.0/32.2/23.1 (BP = 1.000)");
  EXPECT_EQ(report_line({"chrf++", 5, "nrefs:1", ""}), "chrF2++|nrefs:1 = 5.00");
  EXPECT_EQ(report_line({"rougeLsum", 33.333, "nrefs:1", ""}), "ROUGE-Lsum|nrefs:1 = 33.33");
}

Lines lines_of(const std::string& path) {
  Lines lines;
  LineReader reader(path);
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

TEST(Metric, EqualsTheStoredScoresOfSacrebleu) {
  const char* folder = std::getenv("MYNAH_TEST_DATA");
  if (folder == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA does not name the folder of larger texts";
  std::string loaded;
  Lines references, hypotheses;
  for (const StoredScore& stored : kStoredScores) {
    if (loaded != stored.references) {
      loaded = stored.references;
      references = lines_of(concat(folder, "/", loaded));
      hypotheses = corrupt(references);
    }
    const Score found = score(stored.metric, hypotheses, references, {stored.tokenize, stored.lowercase, ""});
    EXPECT_NEAR(found.value, stored.value, 0.001) << loaded << " " << stored.metric << " " << found.signature;
  }
}

}  // namespace
}  // namespace mynah::metrics
