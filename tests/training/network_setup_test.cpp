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
