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

/// Runs it; raises SIGINT when a line is written that begins with `sign` (empty: never).
Outcome run(const TrainingOptions& options, const std::string& sign = "", std::vector<std::string>* said = nullptr) {
  const Log log([&](LogLevel, std::string_view line) {
    if (said != nullptr) said->emplace_back(line);
    if (!sign.empty() && line.starts_with(sign)) std::raise(SIGINT);
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

/// What history.jsonl says that does not hang on the clock.
std::vector<Json> history_of(const TrainingOptions& options) {
  std::istringstream text(bytes_of(fs::path(options.model) / "history.jsonl"));
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) {
    lines.push_back(Json::parse(line));
    for (const char* clock : {"seconds", "tokens_per_second"}) lines.back().erase(clock);
  }
  return lines;
}

Json last_of_history(const TrainingOptions& options, const char* key) {
  Json last;
  for (const Json& line : history_of(options)) {
    if (line.contains(key)) last = line;
  }
  return last;
}

/// The files whose mean is tried in the end.
std::vector<fs::path> averaged(const TrainingOptions& options) {
  std::vector<fs::path> names;
  for (const fs::path& path : CheckpointFolder(fs::path(options.model) / "checkpoint").recent_weights()) {
    names.push_back(path.filename());
  }
  return names;
}

std::string all_said(const std::vector<std::string>& said) {
  std::string text;
  for (const std::string& line : said) text += line + "\n";
  return text;
}

struct Setting {
  std::string type;
  int threads;
};

class Resuming : public testing::TestWithParam<Setting> {};

TEST_P(Resuming, EqualsUninterruptedBitForBit) {
  const TemporaryFolder folder;
  const auto options = [&](const char* name) {
    TrainingOptions wished = small_run(folder.path(), name);
    wished.type = GetParam().type;
    wished.threads = GetParam().threads;
    const bool attends = wished.type == "transformer" || wished.type == "universal";
    if (!attends) wished.dim_ffn.reset();
    if (attends) wished.random_position_offset = 10;
    wished.halting = wished.type == "universal";
    if (wished.type == "rnn") wished.dim_rnn = 32;
    if (wished.type == "cnn") wished.dim_cnn = 32;
    wished.dropout = wished.dropout_attention = wished.dropout_ffn = 0.1;
    wished.sentencepiece_alphas = {0.2, 0.1};
    wished.exponential_smoothing = 0.01;
    wished.weight_decay = 0.01;
    wished.optimizer_delay = 2;
    wished.average_checkpoints = 4;
    wished.valid_freq = "8u";  // the signals come here: off the other two
    wished.save_freq = "7u";
    wished.disp_freq = "5u";
    return wished;
  };
  const TrainingOptions whole = options("whole"), cut = options("cut");
  ASSERT_EQ(run(whole), Outcome::finished);
  ASSERT_EQ(run(cut, "Validation at update 8:"), Outcome::interrupted);
  EXPECT_EQ(read_state(cut).at("standing").at("updates"), 8);
  ASSERT_EQ(run(options_to_go_on(cut), "Validation at update 16:"), Outcome::interrupted);
  ASSERT_EQ(run(options_to_go_on(cut)), Outcome::finished);
  for (const char* file : {"checkpoint/weights-30.safetensors", "checkpoint/smoothed-30.safetensors",
                           "checkpoint/optimizer-30.safetensors", "model.safetensors"}) {
    const std::string expected = bytes_of(fs::path(whole.model) / file);
    EXPECT_GT(expected.size(), 1000u) << file;
    EXPECT_TRUE(expected == bytes_of(fs::path(cut.model) / file)) << file;
  }
  for (const char* part : {"stream", "scores", "finished"})
    EXPECT_EQ(read_state(whole).at(part), read_state(cut).at(part)) << part;
  EXPECT_EQ(history_of(whole), history_of(cut));
  EXPECT_EQ(averaged(whole), averaged(cut));
  EXPECT_EQ(averaged(whole).size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(Settings, Resuming,
                         testing::Values(Setting{"transformer", 1}, Setting{"transformer", 2}, Setting{"rnn", 2},
                                         Setting{"cnn", 2}, Setting{"universal", 2}),
                         [](const auto& setting) { return setting.param.type + std::to_string(setting.param.threads); });

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
  EXPECT_EQ(run(options, "", &said), Outcome::finished);
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
  EXPECT_EQ(run(options_to_go_on(options), "", &said), Outcome::finished);
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
  run(options, "", &said);
  EXPECT_NE(all_said(said).find("mean of the last 3 checkpoints"), std::string::npos) << all_said(said);
  EXPECT_EQ(averaged(options),
            (std::vector<fs::path>{"weights-10.safetensors", "weights-20.safetensors", "weights-30.safetensors"}));
}

TEST(Trainer, WeightsThatLearntNothingAreNotAveraged) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.average_checkpoints = 3;
  options.after = "2u";
  std::vector<std::string> said;
  run(options, "", &said);
  EXPECT_EQ(averaged(options), std::vector<fs::path>{"weights-2.safetensors"});
  EXPECT_EQ(all_said(said).find("mean of"), std::string::npos) << all_said(said);
}

TEST(Trainer, AScoreOfNothingIsNotCalledTheBest) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_metrics = {"ce-mean-words", "bleu"};
  options.after = "1u";
  std::vector<std::string> said;
  run(options, "", &said);
  const std::string text = all_said(said);
  EXPECT_NE(text.find(" bleu 0.000\n"), std::string::npos) << text;
  EXPECT_NE(text.find(" (best) bleu"), std::string::npos) << text;
}

TEST(Trainer, WithoutValidationTextAPartIsHeldOutAndThatIsSaid) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_sets.clear();
  options.hold_out = 25;
  options.after = "2u";
  std::vector<std::string> said;
  run(options, "", &said);
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
  EXPECT_FALSE(fs::exists(tuned.model));
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
  EXPECT_THROW(run(options), UsageError);
  EXPECT_FALSE(fs::exists(options.model));
}

}  // namespace
}  // namespace mynah::training
