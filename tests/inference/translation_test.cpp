#include "inference/translation.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "echo_network.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class NoProgress final : public Progress {
 public:
  void update(std::uint64_t done, std::uint64_t total, std::string_view) override {
    last_done = done;
    last_total = total;
  }
  void finish() override { finished = true; }
  std::uint64_t last_done = 0, last_total = 0;
  bool finished = false;
};

class Translation : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    make_folder(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) const {
    write_file(folder_ / name, content);
    return folder_ / name;
  }
  TextGenerator generator() const { return {echo_network(), test_tokenizers(), "en", "de", options_.generation}; }
  std::string out() const { return folder_ / "out"; }
  Translated translate() {
    options_.files.output = out();
    const FilePlan plan = plan_files(options_.files, "en");
    InputFiles inputs(plan.jobs, longest_line(options_));
    OutputFiles outputs(plan, options_.files, Json::object(), rendering_of(options_));
    return translate_files(generator(), options_, inputs, outputs, progress_);
  }

  std::filesystem::path folder_;
  TranslateOptions options_;
  NoProgress progress_;
};

TEST_F(Translation, AFileBecomesAFile) {
  options_.files.inputs = {file("in", "The cat sleeps.\n\nBirds sing! Where?\n")};
  options_.score = options_.files.inputs.front();
  const Translated translated = translate();
  EXPECT_EQ(read_file(out()), "The cat sleeps.\n\nBirds sing! Where?\n");
  EXPECT_EQ(translated.account.lines, 3U);
  EXPECT_THAT(translated.lines, testing::ElementsAre("The cat sleeps.", "", "Birds sing! Where?"));
  EXPECT_EQ(progress_.last_done, 36U);
  EXPECT_EQ(progress_.last_total, 36U);
  EXPECT_TRUE(progress_.finished);
}

TEST_F(Translation, AMissingReferenceIsSaidBeforeTheWork) {
  options_.files.inputs = {file("in", "The cat sleeps.\n")};
  options_.score = folder_ / "missing";
  EXPECT_THROW(translate(), Error);
  EXPECT_EQ(progress_.last_done, 0U);
  EXPECT_FALSE(std::filesystem::exists(out() + ".partial"));
}

TEST_F(Translation, LongLinesAreTranslatedInPiecesAndAreTheSame) {
  std::string text;
  while (text.size() < 200'000) text += "The cat sleeps. Birds sing! ";
  text.back() = '\n';
  options_.files.inputs = {file("in", "A dog runs.\n" + text + "Where?")};
  const Translated translated = translate();
  EXPECT_EQ(read_file(out()), "A dog runs.\n" + text + "Where?");
  EXPECT_EQ(translated.account.lines, 3U);
  EXPECT_EQ(translated.account.blank_lines, 0U);
}

TEST_F(Translation, WhatIsAboutWholeLinesTakesThemWhole) {
  EXPECT_LT(longest_line(options_), 1'000'000U);
  for (bool* option : {&options_.json, &options_.n_best, &options_.word_scores, &options_.generation.alignment}) {
    *option = true;
    EXPECT_GT(longest_line(options_), 1'000'000'000U);
    *option = false;
  }
}

TEST_F(Translation, OneByOneNumbersLines) {
  options_.n_best = true;
  options_.generation.search.beam = options_.generation.search.n_best = 1;
  LineSource source = LineSource::of_words({"The cat sleeps.\nBirds sing!"});
  OutputFile output(out());
  translate_one_by_one(generator(), options_, source, output);
  output.commit();
  EXPECT_THAT(read_file(out()), AllOf(HasSubstr("0 ||| The cat sleeps. ||| F0= -"), HasSubstr("\n1 ||| Birds sing! ||| F0= -")));
}

TEST_F(Translation, PairsAreScoredLineByLine) {
  options_.score = file("reference", "The cat sleeps.\nA dog runs.\n");
  options_.generation.mini_batch = options_.generation.maxi_batch = 1;
  LineSource source = LineSource::of_file(file("in", "The cat sleeps.\nBirds sing!\n"));
  OutputFile output(out());
  score_pairs(generator(), options_, source, output);
  output.commit();
  const std::string text = read_file(out());
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_GT(std::stod(text), std::stod(text.substr(text.find('\n'))));
}

TEST_F(Translation, PairsOfUnequalNumberAreAnErrorNamingBoth) {
  options_.score = file("reference", "One.\nTwo.\nThree.\n");
  for (const std::string& input : {file("in", "One.\n"), file("in2", "1\n2\n3\n4\n5\n")}) {
    LineSource source = LineSource::of_file(input);
    OutputFile output(out());
    try {
      score_pairs(generator(), options_, source, output);
      FAIL();
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), AllOf(HasSubstr("3"), HasSubstr(input.ends_with("in2") ? "5" : "1"), HasSubstr("reference")));
    }
  }
}

TEST_F(Translation, ScoresAreTheMetricsOfTheLines) {
  options_.score = file("reference", "The cat sleeps on the mat.\nBirds sing in the morning.\n");
  const std::vector<std::string> lines{"The cat sleeps on the mat.", "Birds sing in the morning."};
  const auto scores = scores_of(lines, options_, "de");
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_NEAR(scores[0].value, 100, 1e-9);
  EXPECT_THAT(rendered(scores, options_), AllOf(HasSubstr("BLEU"), HasSubstr("chrF"), HasSubstr("100.00"), HasSubstr("tok:13a")));
  options_.json = true;
  EXPECT_THAT(rendered(scores, options_), AllOf(HasSubstr("\"bleu\":{"), HasSubstr("\"signature\"")));
  EXPECT_THAT(scores_of(lines, options_, "zh")[0].signature, HasSubstr("tok:zh"));
}

TEST_F(Translation, TooFewReferencesAreAnErrorNamingBoth) {
  options_.score = file("reference", "One.\n");
  try {
    scores_of({"One.", "Two."}, options_, "de");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("2 lines"), HasSubstr("has 1")));
  }
}

TEST_F(Translation, WhatTheUserLeftOpenIsAsTheModelLikesIt) {
  options_.n_best = true;
  options_.generation.search.length_penalty = 0.3;
  settle(options_, {.beam = 6, .length_penalty = 0.8, .max_length = 99},
         [](std::string_view name) { return name == "normalize"; });
  EXPECT_EQ(options_.generation.search.beam, 6);
  EXPECT_EQ(options_.generation.search.n_best, 6);
  EXPECT_EQ(options_.generation.search.length_penalty, 0.3);
  EXPECT_EQ(options_.generation.search.max_length, 99);
}

}  // namespace
}  // namespace mynah::inference
