#include "training/network_setup.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace mynah::training {
namespace {

TEST(NetworkSetup, PartsOfASizeCanBeSetAlone) {
  TrainingOptions options;
  options.task = "tiny";
  options.enc_depth = 2;
  options.pre_norm = true;
  const model::Shape shape = shape_for(options, std::nullopt, 1000);
  EXPECT_EQ(shape.d_model, 128);
  EXPECT_EQ(shape.encoder_layers, 2);
  EXPECT_EQ(shape.decoder_layers, 4);
  EXPECT_EQ(shape.vocabulary, 1000);
  EXPECT_TRUE(shape.pre_norm);
  EXPECT_EQ(options.dim_emb, 128);  // from here on the options say all of it
  EXPECT_EQ(options.dec_depth, 4);
}

TEST(NetworkSetup, PositionsLeaveRoomForTranslationsToGrow) {
  TrainingOptions options;
  options.max_length = 100;
  EXPECT_EQ(shape_for(options, std::nullopt, 1000).max_positions, 125);
  options.styles = {"headline"};
  EXPECT_EQ(shape_for(options, std::nullopt, 1000).max_positions, 100);
}

TEST(NetworkSetup, EveryTypeHasSizesOfItsOwn) {
  TrainingOptions options;
  options.task = "tiny";
  options.type = "s2s";
  options.enc_cell = "gru";
  options.skip = true;
  model::Shape shape = shape_for(options, std::nullopt, 1000);
  EXPECT_EQ(shape.type, "rnn");
  EXPECT_EQ(options.type, "rnn");
  EXPECT_EQ(options.dim_rnn, 256);
  EXPECT_EQ(shape.rnn.encoder_cell, "gru");
  EXPECT_EQ(shape.rnn.decoder_cell, "lstm");
  EXPECT_TRUE(shape.rnn.skip);
  EXPECT_FALSE(options.heads.has_value());

  options = {};
  options.type = "cnn";
  options.kernel_width = 5;
  shape = shape_for(options, std::nullopt, 1000);
  EXPECT_EQ(options.dim_cnn, 512);
  EXPECT_EQ(shape.cnn.kernel_width, 5);
  options.kernel_width = 4;
  EXPECT_THROW(shape_for(options, std::nullopt, 1000), UsageError);
}

TEST(NetworkSetup, SizesOfAnotherTypeAreRefused) {
  model::Model base;
  base.shape = model::shape_of_size("tiny");
  base.shape.vocabulary = 500;
  TrainingOptions options;
  options.dim_rnn = 64;
  EXPECT_THROW(shape_for(options, base, 500), UsageError);
  options.dim_rnn.reset();
  options.kernel_width = 3;
  EXPECT_THROW(shape_for(options, base, 500), UsageError);
}

TEST(NetworkSetup, TheModelToFineTuneSetsItsKinds) {
  model::Model base;
  base.shape = model::shape_of_size("tiny", "rnn");
  base.shape.rnn.attention = "additive";
  base.shape.vocabulary = 500;
  TrainingOptions options;
  EXPECT_EQ(shape_for(options, base, 500).rnn.attention, "additive");
  EXPECT_EQ(options.attention, "additive");
  EXPECT_EQ(options.type, "rnn");

  base.shape = model::shape_of_size("tiny", "cnn");
  base.shape.vocabulary = 500;
  base.shape.max_positions = 77;  // so many are learnt
  options = {};
  EXPECT_EQ(shape_for(options, base, 500).max_positions, 77);
}

TEST(NetworkSetup, SizesThatCannotBeAreErrors) {
  TrainingOptions options;
  options.task = "tiny";
  options.heads = 7;
  EXPECT_THROW(shape_for(options, std::nullopt, 1000), UsageError);
  options.heads = 4;
  options.type = "perceptron";
  EXPECT_THROW(build_networks(options, shape_for(options, std::nullopt, 1000), std::nullopt), Error);
}

TEST(NetworkSetup, AUniversalTransformerIsWhatItsOptionsSay) {
  TrainingOptions options;
  options.type = "universal";
  options.halting = true;
  options.transition = "separable-convolution";
  const model::Shape shape = shape_for(options, std::nullopt, 1000);
  EXPECT_EQ(shape.type, "universal");
  EXPECT_TRUE(shape.universal.halting);
  EXPECT_EQ(shape.universal.transition, "separable-convolution");
  model::Model base;
  base.shape = shape;
  TrainingOptions tuned;
  tuned.from = "base";
  EXPECT_EQ(shape_for(tuned, base, 1000).universal.transition, "separable-convolution");
  EXPECT_TRUE(tuned.halting);
}

TEST(NetworkSetup, TheModelToFineTuneSetsTheSizes) {
  model::Model base;
  base.shape = {.vocabulary = 500, .d_model = 64, .d_feed_forward = 96, .heads = 2, .encoder_layers = 3, .decoder_layers = 1};
  TrainingOptions options;
  options.from = "base";
  const model::Shape shape = shape_for(options, base, 500);
  EXPECT_EQ(shape.d_model, 64);
  EXPECT_EQ(options.enc_depth, 3);
  options.heads = 4;
  EXPECT_THROW(shape_for(options, base, 500), UsageError);
}

}  // namespace
}  // namespace mynah::training
