#include "training/style_scoring.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "small_corpus.h"
#include "training/trainer.h"

namespace mynah::training {
namespace {

/// Documents whose first sentence is what people wrote of them.
std::string documents(int rows, int seed) {
  std::string lines;
  Random random(static_cast<std::uint64_t>(seed));
  const auto sentence = [&] {
    static const char* const kWords[] = {"Badoki", "lume", "nobapa", "soki", "riva", "zetu", "kilume", "pano"};
    std::string text;
    for (int word = 0; word < 6; ++word) text += concat(kWords[random.below(8)], word < 5 ? " " : ". ");
    return text;
  };
  for (int row = 0; row < rows; ++row) {
    const std::string first = sentence();
    lines += Json{{"document", first}, {"summary", first.substr(0, first.size() - 1)}}.dump() + "\n";
  }
  return lines;
}

TEST(StyleScoring, TheTrainerKeepsHowEachStyleIsWrittenBesideSentencesOfTheText) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  const std::string some = write_lines(folder.path() / "some.jsonl", documents(60, 1));
  options.train_sets = {some, some};
  options.valid_sets = {write_lines(folder.path() / "valid.jsonl", documents(12, 2)),
                        write_lines(folder.path() / "other.jsonl", R"({"document": "Zetu lume.", "summary": "Riva pano."})"
                                                                   "\n")};
  options.styles = {"headline", "sentence"};
  options.source_lang = options.target_lang = "en";
  options.vocabulary = 285;
  options.after = "3u";
  std::vector<std::string> said;
  Trainer(options, Log([&](LogLevel, std::string_view line) { said.emplace_back(line); }), nullptr).run();
  const auto scores = model::read_style_scores(options.model);
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_EQ(scores[0].style, "headline");
  EXPECT_EQ(scores[0].documents, 12);
  EXPECT_NEAR(scores[0].chosen, 100, 1e-9);  // the only sentence is the reference
  EXPECT_LT(scores[0].written, 50);          // three updates teach nothing
  EXPECT_EQ(scores[1].style, "sentence");
  EXPECT_EQ(scores[1].documents, 1);
  EXPECT_EQ(scores[1].chosen, 0);
  EXPECT_THAT(said, testing::Contains(testing::HasSubstr(described(scores))));
}

TEST(StyleScoring, AStyleWithoutDocumentsHasNoScore) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.train_sets = {write_lines(folder.path() / "some.jsonl", documents(60, 1))};
  options.valid_sets = {write_lines(folder.path() / "valid.jsonl", documents(12, 2))};
  options.styles = {"headline"};
  options.source_lang = options.target_lang = "en";
  options.vocabulary = 285;
  options.after = "1u";
  Trainer(options, {}, nullptr).run();
  model::Model model = model::open_model(options.model);
  EXPECT_TRUE(score_styles(model, {}).empty());
}

}  // namespace
}  // namespace mynah::training
