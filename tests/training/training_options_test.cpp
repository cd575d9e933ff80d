#include "training/training_options.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "base/error.h"

namespace mynah::training {
namespace {

TrainingOptions usable() {
  TrainingOptions options;
  options.model = "model";
  options.train_sets = {"a.en", "a.de"};
  return options;
}

TEST(TrainingOptions, TheDefaultsAreInRange) { EXPECT_NO_THROW(validate(usable())); }

TEST(TrainingOptions, WhatIsOutOfRangeIsNamed) {
  const auto names = [](const char* option, const std::function<void(TrainingOptions&)>& change) {
    TrainingOptions options = usable();
    change(options);
    try {
      validate(options);
      ADD_FAILURE() << option << " was accepted";
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(std::string("--") + option), std::string::npos) << error.what();
    }
  };
  names("model", [](auto& options) { options.model = ""; });
  names("train-sets", [](auto& options) { options.train_sets.clear(); });
  names("fields", [](auto& options) { options.fields = {"1"}; });
  names("vocabs", [](auto& options) { options.vocabs = {"a", "b", "c"}; });
  names("vocabs", [](auto& options) {
    options.vocabs = {"a"};
    options.from = "b";
  });
  names("sentencepiece-alphas", [](auto& options) { options.sentencepiece_alphas = {0.1, 0.1, 0.1}; });
  names("sentencepiece-alphas", [](auto& options) { options.sentencepiece_alphas = {-0.1}; });
  names("weights", [](auto& options) { options.weights = {0}; });
  names("vocabulary", [](auto& options) { options.vocabulary = 10; });
  names("max-length", [](auto& options) { options.max_length = 1; });
  names("max-length-ratio", [](auto& options) { options.max_length_ratio = 0.5; });
  names("hold-out", [](auto& options) { options.hold_out = 0; });
  names("transformer-dropout", [](auto& options) { options.dropout = 1; });
  names("transformer-dropout-attention", [](auto& options) { options.dropout_attention = -0.1; });
  names("transformer-dropout-ffn", [](auto& options) { options.dropout_ffn = 2; });
  names("random-position-offset", [](auto& options) { options.random_position_offset = -1; });
  names("ponder-weight", [](auto& options) { options.ponder_weight = -1; });
  names("label-smoothing", [](auto& options) { options.label_smoothing = 1; });
  names("adam-beta1", [](auto& options) { options.adam_beta1 = 1; });
  names("adam-beta2", [](auto& options) { options.adam_beta2 = 1; });
  names("adam-epsilon", [](auto& options) { options.adam_epsilon = 0; });
  names("exponential-smoothing", [](auto& options) { options.exponential_smoothing = 1; });
  names("learn-rate", [](auto& options) { options.learn_rate = 0; });
  names("weight-decay", [](auto& options) { options.weight_decay = -1; });
  names("clip-norm", [](auto& options) { options.clip_norm = -1; });
  names("average-checkpoints", [](auto& options) { options.average_checkpoints = -1; });
  names("mini-batch-words", [](auto& options) { options.mini_batch_words = 0; });
  names("mini-batch", [](auto& options) { options.mini_batch = -1; });
  names("maxi-batch", [](auto& options) { options.maxi_batch = 0; });
  names("optimizer-delay", [](auto& options) { options.optimizer_delay = 0; });
  names("threads", [](auto& options) { options.threads = -1; });
  names("threads", [](auto& options) { options.threads = 100'000; });
  for (const char* span : {"soon", "0u", "20e,0"}) {
    names("after", [span](auto& options) { options.after = span; });
  }
  names("lr-warmup", [](auto& options) { options.lr_warmup = "a while"; });
  names("valid-freq", [](auto& options) { options.valid_freq = "often"; });
  names("save-freq", [](auto& options) { options.save_freq = "often"; });
  names("disp-freq", [](auto& options) { options.disp_freq = "often"; });
  names("lr-schedule", [](auto& options) {
    options.lr_schedule = "cosine";
    options.after = "2h";
  });
  names("valid-metrics", [](auto& options) { options.valid_metrics = {}; });
  names("valid-metrics", [](auto& options) { options.valid_metrics = {"meteor"}; });
  names("early-stopping", [](auto& options) { options.early_stopping = -1; });
  names("valid-beam", [](auto& options) { options.valid_beam = 0; });
}

TEST(TrainingOptions, MoreThreadsThanCoresMayBe) {
  TrainingOptions options = usable();
  options.threads = 64;
  EXPECT_NO_THROW(validate(options));
}

TEST(TrainingOptions, WhatWouldBeIgnoredBesideAnotherIsRefused) {
  const auto refusal = [](const TrainingOptions& options, const std::set<std::string_view>& given) -> std::string {
    try {
      check_together(options, [&](std::string_view option) { return given.contains(option); });
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  };
  TrainingOptions tuned, tokenized, validated;
  tuned.from = "model";
  tokenized.vocabs = {"a.spm"};
  validated.valid_sets = {"a.tsv"};
  for (const char* option : {"task", "type", "transformer-ffn-activation", "pre-norm", "vocabulary", "tokenizer-type",
                             "separate-vocabularies", "enc-cell", "skip"}) {
    const std::string message = refusal(tuned, {option});
    EXPECT_TRUE(message.starts_with(std::string("--") + option) && message.find("--from") != std::string::npos) << message;
  }
  EXPECT_NE(refusal(tokenized, {"vocabulary"}).find("--vocabs"), std::string::npos);
  EXPECT_NE(refusal(tokenized, {"tokenizer-type"}).find("--vocabs"), std::string::npos);
  EXPECT_NE(refusal(validated, {"hold-out"}).find("--valid-sets"), std::string::npos);
  EXPECT_EQ(refusal(tuned, {"dim-emb", "hold-out", "after"}), "");
  EXPECT_EQ(refusal(tokenized, {"task", "hold-out"}), "");
  EXPECT_EQ(refusal({}, {"task", "vocabulary", "tokenizer-type", "hold-out"}), "");
}

TEST(TrainingOptions, WhatSaysNothingAboutTheTypeIsRefused) {
  const auto refusal = [](const char* type, std::string_view given) -> std::string {
    TrainingOptions options;
    options.type = type;
    try {
      check_type(options, [&](std::string_view option) { return option == given; });
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal("rnn", "transformer-heads"),
            "--transformer-heads: expected to be left out with --type rnn, where it is no choice");
  EXPECT_NE(refusal("s2s", "pre-norm").find("--type rnn"), std::string::npos);
  EXPECT_NE(refusal("transformer", "enc-cell"), "");
  EXPECT_NE(refusal("cnn", "dim-rnn"), "");
  EXPECT_NE(refusal("rnn", "cnn-kernel-width"), "");
  EXPECT_EQ(refusal("rnn", "enc-cell"), "");
  EXPECT_EQ(refusal("cnn", "kernel-width"), "");
  for (const char* type : {"transformer", "rnn", "cnn"}) EXPECT_EQ(refusal(type, "enc-depth"), "");
}

TEST(TrainingOptions, TypesAreThoseThatModelsHave) {
  TrainingOptions options = usable();
  OptionList list;
  list_options(options, list);
  list.find("type")->set({"s2s"});
  EXPECT_NO_THROW(validate(options));
  EXPECT_THROW(list.find("type")->set({"perceptron"}), UsageError);
}

TEST(TrainingOptions, SizesAreNamed) {
  TrainingOptions options = usable();
  options.task = "transformer-big";
  EXPECT_NO_THROW(validate(options));
  options.task = "gigantic";
  EXPECT_THROW(validate(options), UsageError);
}

TEST(TrainingOptions, OtherSpellingsMeanTheSame) {
  TrainingOptions options;
  OptionList list;
  list_options(options, list);
  const auto stands_for = [&](const char* spelling, const char* name) {
    const Option* option = list.find(spelling);
    ASSERT_NE(option, nullptr) << spelling;
    EXPECT_EQ(option->name, name) << spelling;
  };
  stands_for("max-tokens", "mini-batch-words");
  stands_for("update-freq", "optimizer-delay");
  stands_for("gradient_accumulation_steps", "optimizer-delay");
  stands_for("lr", "learn-rate");
  stands_for("warmup-updates", "lr-warmup");
  stands_for("patience", "early-stopping");
  stands_for("encoder-embed-dim", "dim-emb");
  stands_for("save-dir", "model");
  stands_for("output_dir", "model");
  stands_for("m", "model");
}

TEST(TrainingOptions, SpellingsWithoutAnEqualAreExplained) {
  TrainingOptions options;
  OptionList list;
  list_options(options, list);
  const auto explained = [&](const char* spelling, const char* by) {
    const auto text = list.foreign_explanation(spelling);
    ASSERT_TRUE(text.has_value()) << spelling;
    EXPECT_NE(text->find(by), std::string::npos) << *text;
  };
  explained("workspace", "--mini-batch-words");
  explained("devices", "--device");
  explained("max-update", "--after");
  explained("max-epoch", "--after 20e");
  explained("per_device_train_batch_size", "--mini-batch-words");
  explained("after-epochs", "--after");
  explained("vocab-size", "--vocabulary");
  explained("num-layers", "--enc-depth");
  explained("no-shuffle", "shuffled");
  explained("src-vocab", "--vocabs");
  explained("tgt_vocab", "--vocabs");
}

TEST(TrainingOptions, NoSpellingIsWrittenTwice) {
  TrainingOptions options;
  OptionList list;
  list_options(options, list);
  std::set<std::string> seen;
  for (const Option& option : list.options()) {
    EXPECT_TRUE(seen.insert(option.name).second) << option.name;
    for (const std::string& alias : option.aliases) EXPECT_TRUE(seen.insert(alias).second) << alias;
  }
  for (const std::string& spelling : seen) EXPECT_FALSE(list.foreign_explanation(spelling).has_value()) << spelling;
}

}  // namespace
}  // namespace mynah::training
