#include "training/trainer.h"

#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/model.h"
#include "small_corpus.h"
#include "training/checkpoint.h"
#include "training/continuation.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

/// Runs it; raises SIGINT when a report of update `signal_at` is written (0: never).
Outcome run(const TrainingOptions& options, std::int64_t signal_at = 0, std::vector<std::string>* said = nullptr) {
  const std::string sign = "u " + std::to_string(signal_at) + " ";
  const Log log([&](LogLevel, std::string_view line) {
    if (said != nullptr) said->emplace_back(line);
    if (signal_at > 0 && line.starts_with(sign)) std::raise(SIGINT);
  });
  return Trainer(options, log, nullptr).run();
}

/// As `train --model DIR` reads them.
TrainingOptions options_to_go_on(const TrainingOptions& begun) {
  TrainingOptions options;
  OptionList list;
  list_options(options, list);
  options_from_json(list, *stored_options(begun.model), "state.json");
  options.model = begun.model;
  return options;
}

Json read_state(const TrainingOptions& options) { return CheckpointFolder(fs::path(options.model) / "checkpoint").load_state(); }

Json last_of_history(const TrainingOptions& options, const char* key) {
  std::istringstream text(bytes_of(fs::path(options.model) / "history.jsonl"));
  Json last;
  for (std::string line; std::getline(text, line);) {
    const Json json = Json::parse(line);
    if (json.contains(key)) last = json;
  }
  return last;
}

std::string all_said(const std::vector<std::string>& said) {
  std::string text;
  for (const std::string& line : said) text += line + "\n";
  return text;
}

class Resuming : public testing::TestWithParam<int> {};

TEST_P(Resuming, EqualsUninterruptedBitForBit) {
  const TemporaryFolder folder;
  const auto options = [&](const char* name) {
    TrainingOptions wished = small_run(folder.path(), name);
    wished.threads = GetParam();
    wished.dropout = wished.dropout_attention = wished.dropout_ffn = 0.1;
    wished.sentencepiece_alphas = {0.2, 0.1};
    wished.exponential_smoothing = 0.01;
    wished.weight_decay = 0.01;
    wished.optimizer_delay = 2;
    wished.average_checkpoints = 2;
    wished.valid_freq = "8u";
    wished.save_freq = "7u";
    wished.disp_freq = "1u";
    return wished;
  };
  const TrainingOptions whole = options("whole"), cut = options("cut");
  ASSERT_EQ(run(whole), Outcome::finished);
  ASSERT_EQ(run(cut, 13), Outcome::interrupted);
  EXPECT_EQ(read_state(cut).at("standing").at("updates"), 13);
  ASSERT_EQ(run(options_to_go_on(cut), 17), Outcome::interrupted);
  ASSERT_EQ(run(options_to_go_on(cut)), Outcome::finished);
  for (const char* file : {"checkpoint/weights-30.safetensors", "checkpoint/smoothed-30.safetensors",
                           "checkpoint/optimizer-30.safetensors", "model.safetensors"}) {
    const std::string expected = bytes_of(fs::path(whole.model) / file);
    EXPECT_GT(expected.size(), 1000u) << file;
    EXPECT_TRUE(expected == bytes_of(fs::path(cut.model) / file)) << file;
  }
  for (const char* part : {"stream", "scores", "finished"})
    EXPECT_EQ(read_state(whole).at(part), read_state(cut).at(part)) << part;
  EXPECT_EQ(last_of_history(whole, "validation").at("validation"), last_of_history(cut, "validation").at("validation"));
}

INSTANTIATE_TEST_SUITE_P(Threads, Resuming, testing::Values(1, 2));

TEST(Trainer, EqualSeedsGiveEqualModelsAndOthersDoNot) {
  const TemporaryFolder folder;
  std::vector<std::string> models;
  for (const std::int64_t seed : {1, 1, 2}) {
    TrainingOptions options = small_run(folder.path(), "model" + std::to_string(models.size()));
    options.seed = seed;
    options.after = "5u";
    run(options);
    models.push_back(bytes_of(fs::path(options.model) / "model.safetensors"));
  }
  EXPECT_TRUE(models[0] == models[1]);
  EXPECT_FALSE(models[0] == models[2]);
}

TEST(Trainer, LearnsAndKeepsTheBestModelOfEveryMetric) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.after = "12e";
  options.valid_freq = "3e";
  options.valid_metrics = {"ce-mean-words", "perplexity", "chrf"};
  options.threads = 2;
  std::vector<std::string> said;
  EXPECT_EQ(run(options, 0, &said), Outcome::finished);
  const Json scores = last_of_history(options, "validation").at("validation");
  EXPECT_LT(scores.at("ce-mean-words"), 2.6) << all_said(said);
  EXPECT_GT(scores.at("chrf"), 15);
  EXPECT_NEAR(scores.at("perplexity"), std::exp(scores.at("ce-mean-words").get<double>()), 1e-6);
  const model::Model model = model::open_model(options.model);
  EXPECT_EQ(model.languages.source, "xa");
  EXPECT_EQ(model.shape.d_model, 32);
  EXPECT_EQ(model.training->at("options").at("dim_emb"), 32);
  EXPECT_EQ(model.training->at("data").at("pairs_read"), 600);
  EXPECT_TRUE(model.training->at("scores").contains("chrf"));
  EXPECT_TRUE(model::is_model(fs::path(options.model) / "best-chrf"));
  EXPECT_TRUE(model::is_model(fs::path(options.model) / "best-perplexity"));
  EXPECT_NE(bytes_of(fs::path(options.model) / "curves.svg").find("<svg"), std::string::npos);
  for (const char* word : {"parameters", "target tokens/s", "is expected in", "Validation at update", "Done"}) {
    EXPECT_NE(all_said(said).find(word), std::string::npos) << word << "\n" << all_said(said);
  }
}

TEST(Trainer, StartingAFinishedRunAgainDoesNothingUntilItsEndIsMoved) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.after = "6u";
  run(options);
  const std::string before = bytes_of(fs::path(options.model) / "checkpoint/state.json");
  std::vector<std::string> said;
  EXPECT_EQ(run(options_to_go_on(options), 0, &said), Outcome::finished);
  EXPECT_NE(all_said(said).find("Nothing is left to do"), std::string::npos);
  EXPECT_EQ(bytes_of(fs::path(options.model) / "checkpoint/state.json"), before);
  TrainingOptions longer = options_to_go_on(options);
  longer.after = "9u";
  EXPECT_EQ(run(longer), Outcome::finished);
  EXPECT_EQ(read_state(options).at("standing").at("updates"), 9);
}

TEST(Trainer, StopsEarlyWhenNothingGetsBetter) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.learn_rate = 1e-30;  // nothing can change
  options.valid_freq = "2u";
  options.early_stopping = 3;
  EXPECT_EQ(run(options), Outcome::stopped_early);
  EXPECT_EQ(read_state(options).at("standing").at("updates"), 8);
}

TEST(Trainer, TriesTheMeanOfTheLastCheckpoints) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.save_freq = "10u";
  options.average_checkpoints = 3;
  std::vector<std::string> said;
  run(options, 0, &said);
  EXPECT_NE(all_said(said).find("mean of the last 3 checkpoints"), std::string::npos) << all_said(said);
}

TEST(Trainer, WithoutValidationTextAPartIsHeldOutAndThatIsSaid) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_sets.clear();
  options.hold_out = 25;
  options.after = "2u";
  std::vector<std::string> said;
  run(options, 0, &said);
  EXPECT_NE(all_said(said).find("25 pairs are held out"), std::string::npos) << all_said(said);
  EXPECT_EQ(model::open_model(options.model).training->at("data").at("pairs_held_out"), 25);
}

TEST(Trainer, FineTuningBeginsWithAnotherModelsWeightsAndTokenizer) {
  const TemporaryFolder folder;
  TrainingOptions base = small_run(folder.path(), "base");
  base.after = "8e";
  run(base);
  TrainingOptions tuned = small_run(folder.path(), "tuned");
  tuned.from = base.model;
  tuned.dim_emb = tuned.dim_ffn = tuned.enc_depth = tuned.dec_depth = std::nullopt;
  tuned.learn_rate = 1e-9;
  tuned.after = "1u";
  run(tuned);
  EXPECT_EQ(bytes_of(fs::path(base.model) / "source.spm"), bytes_of(fs::path(tuned.model) / "source.spm"));
  const double before = model::open_model(base.model).training->at("scores").at("ce-mean-words");
  const double after = model::open_model(tuned.model).training->at("scores").at("ce-mean-words");
  EXPECT_NEAR(before, after, 1e-4);
  tuned = small_run(folder.path(), "wider");
  tuned.from = base.model;
  tuned.dim_emb = 64;
  EXPECT_THROW(run(tuned), UsageError);
}

TEST(Trainer, PlanOnlyLearnsNothing) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.plan_only = true;
  run(options);
  EXPECT_EQ(read_state(options).at("standing").at("updates"), 0);
  EXPECT_FALSE(model::is_model(options.model));
}

TEST(Trainer, PlanningDisturbsNothing) {
  const TemporaryFolder folder;
  TrainingOptions planned = small_run(folder.path(), "planned"), direct = small_run(folder.path(), "direct");
  planned.after = direct.after = "3u";
  planned.plan_only = true;
  run(planned);
  planned = options_to_go_on(planned);
  run(planned);
  run(direct);
  EXPECT_TRUE(bytes_of(fs::path(planned.model) / "model.safetensors") == bytes_of(fs::path(direct.model) / "model.safetensors"));
}

TEST(Trainer, DivergenceIsAnErrorThatSaysWhatHelps) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.learn_rate = 1e20;
  options.lr_schedule = "constant";
  options.clip_norm = 0;
  options.after = "200u";
  try {
    run(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("--learn-rate"), std::string::npos) << error.what();
  }
}

TEST(Trainer, UnknownDevicesAndImpossiblePrecisionAreErrors) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.device = "tpu";
  EXPECT_THROW(run(options), Error);
}

}  // namespace
}  // namespace mynah::training
