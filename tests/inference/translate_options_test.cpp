#include "inference/translate_options.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace mynah::inference {
namespace {

using testing::HasSubstr;

std::string complaint(const TranslateOptions& options) {
  try {
    validate(options);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(TranslateOptions, DefaultsAreValid) { EXPECT_EQ(complaint({}), ""); }

TEST(TranslateOptions, ListsEveryOptionOnceWithHelp) {
  TranslateOptions options;
  OptionList list;
  list_options(options, list);
  EXPECT_GT(list.options().size(), 30U);
  for (const Option& option : list.options()) {
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_FALSE(option.group.empty()) << option.name;
  }
}

TEST(TranslateOptions, MariansSpellingsAreKnownOrExplained) {
  TranslateOptions options;
  OptionList list;
  list_options(options, list);
  for (const char* spelling :
       {"beam-size", "b", "normalize", "n", "n-best", "alignment", "word-scores", "input", "i", "output", "o", "mini-batch",
        "maxi-batch", "models", "m", "cpu-threads", "quiet-translation", "max-length-factor", "output-sampling"}) {
    EXPECT_NE(list.find(spelling), nullptr) << spelling;
  }
  for (const char* spelling :
       {"vocabs", "v", "workspace", "max-length-crop", "maxi-batch-sort", "allow-unk", "mini-batch-words", "nbest"}) {
    EXPECT_TRUE(list.foreign_explanation(spelling).has_value()) << spelling;
    EXPECT_EQ(list.find(spelling), nullptr) << spelling;
  }
}

TEST(TranslateOptions, ScoringOnlyNeedsAReference) {
  TranslateOptions options;
  options.score_only = true;
  EXPECT_THAT(complaint(options), HasSubstr("--score REFERENCE"));
  options.score = "reference.de";
  EXPECT_EQ(complaint(options), "");
  options.n_best = true;
  EXPECT_THAT(complaint(options), HasSubstr("--n-best"));
  options.n_best = false;
  options.generation.search.sample = true;
  EXPECT_THAT(complaint(options), HasSubstr("--output-sampling"));
}

TEST(TranslateOptions, AnUnknownMetricNamesTheKnownOnes) {
  TranslateOptions options;
  options.metrics = {"bleu", "rouge"};
  EXPECT_THAT(complaint(options), testing::AllOf(HasSubstr("rouge"), HasSubstr("chrf")));
}

TEST(TranslateOptions, OnlyTheShortlistInUseDecidesWhetherARunGoesOn) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "translate_options_shortlist";
  std::filesystem::remove_all(folder);
  make_folder(folder);
  for (const char* name : {"config.json", "model.safetensors", "source.spm", "target.spm", "vocab.json"}) {
    write_file(folder / name, name);
  }
  TranslateOptions options;
  const Json without = settings_of(options, folder);
  const auto with = [&](const std::string& wish, const std::string& list) {
    write_file(folder / "shortlist.safetensors", list);
    options.shortlist = wish;
    return settings_of(options, folder);
  };
  EXPECT_EQ(with("off", "a list"), without);
  const Json on = with("on", "a list");
  EXPECT_NE(on, without);
  EXPECT_NE(with("on", "another"), on);
  EXPECT_EQ(with(folder / "shortlist.safetensors", "a list"), on);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace mynah::inference
