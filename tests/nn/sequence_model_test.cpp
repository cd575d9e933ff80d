#include "nn/sequence_model.h"

#include <gmock/gmock.h>

#include <cmath>

#include "base/error.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

using testing::HasSubstr;

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no Error";
}

std::vector<std::string> layer_names(const std::string& layer, bool decoder, bool gate) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    names.push_back(layer + name + ".weight");
    names.push_back(layer + name + ".bias");
  };
  std::vector<std::string> attentions = {"self_attention"};
  if (decoder) attentions.push_back("cross_attention");
  for (const std::string& attention : attentions) {
    for (const char* part : {".query", ".key", ".value", ".output"}) add(attention + part);
    add(attention + "_norm");
  }
  add("feed_forward.inner");
  if (gate) add("feed_forward.gate");
  add("feed_forward.outer");
  add("feed_forward_norm");
  return names;
}

std::vector<std::string> names_of(const model::Shape& shape) {
  std::vector<std::string> names;
  for (const auto& [name, array] : weights_of(*build(shape, kNoDropout, 1))) names.push_back(name);
  return names;
}

model::Shape one_layer_each() {
  model::Shape shape = tiny_shape();
  shape.encoder_layers = shape.decoder_layers = 1;
  return shape;
}

TEST(SequenceModel, WeightNamesAreFrozen) {
  std::vector<std::string> expected = {"embedding.weight", "output_bias"};
  for (const auto& name : layer_names("encoder.layers.0.", false, false)) expected.push_back(name);
  for (const auto& name : layer_names("decoder.layers.0.", true, false)) expected.push_back(name);
  EXPECT_THAT(names_of(one_layer_each()), testing::UnorderedElementsAreArray(expected));
}

TEST(SequenceModel, WeightNamesOfPreNormAndSwigluAreFrozen) {
  std::vector<std::string> expected = {"embedding.weight",  "output_bias",         "encoder.norm.weight",
                                       "encoder.norm.bias", "decoder.norm.weight", "decoder.norm.bias"};
  for (const auto& name : layer_names("encoder.layers.0.", false, true)) expected.push_back(name);
  for (const auto& name : layer_names("decoder.layers.0.", true, true)) expected.push_back(name);
  model::Shape shape = one_layer_each();
  shape.pre_norm = true;
  shape.activation = "swiglu";
  EXPECT_THAT(names_of(shape), testing::UnorderedElementsAreArray(expected));
}

TEST(SequenceModel, WeightShapesAreFrozen) {
  const model::Weights weights = weights_of(*build(one_layer_each(), kNoDropout, 1));
  const auto shape = [&](const std::string& name) { return weights.at(name).shape; };
  EXPECT_EQ(shape("embedding.weight"), (std::vector<std::int64_t>{kPad + 1, 16}));
  EXPECT_EQ(shape("output_bias"), (std::vector<std::int64_t>{kPad + 1}));
  EXPECT_EQ(shape("decoder.layers.0.cross_attention.key.weight"), (std::vector<std::int64_t>{16, 16}));
  EXPECT_EQ(shape("encoder.layers.0.feed_forward.inner.weight"), (std::vector<std::int64_t>{24, 16}));
  EXPECT_EQ(shape("encoder.layers.0.feed_forward.outer.weight"), (std::vector<std::int64_t>{16, 24}));
  EXPECT_EQ(shape("decoder.layers.0.feed_forward_norm.weight"), (std::vector<std::int64_t>{16}));
}

TEST(SequenceModel, InitialWeightsHaveTheirSpread) {
  model::Shape shape = tiny_shape();
  shape.vocabulary = 5000;
  shape.d_model = 64;
  const auto network = build(shape, kNoDropout, 1);
  const auto weights = network->named_parameters();
  EXPECT_NEAR(weights["embedding.weight"].std().item<double>(), 1 / 8.0, 0.002);
  EXPECT_TRUE((weights["embedding.weight"][-1] == 0).all().item<bool>());
  const Tensor query = weights["encoder.layers.0.self_attention.query.weight"];
  const double bound = std::sqrt(6.0 / 128);
  EXPECT_LE(query.abs().max().item<double>(), bound);
  EXPECT_NEAR(query.std().item<double>(), bound / std::sqrt(3.0), 0.01);
  EXPECT_TRUE((weights["encoder.layers.0.self_attention.query.bias"] == 0).all().item<bool>());
  EXPECT_TRUE((weights["encoder.layers.0.self_attention_norm.weight"] == 1).all().item<bool>());
}

TEST(SequenceModel, UnknownArchitectureIsNamed) {
  model::Shape shape = tiny_shape();
  shape.type = "abacus";
  EXPECT_THAT(message_of([&] { build(shape, kNoDropout, 1); }), HasSubstr("'abacus'"));
}

TEST(LoadWeights, NamesTheMissingOne) {
  const auto network = tiny_network();
  model::Weights weights = weights_of(*network);
  weights.erase("decoder.layers.1.cross_attention.key.weight");
  EXPECT_THAT(message_of([&] { load_weights(*network, weights); }), HasSubstr("decoder.layers.1.cross_attention.key.weight"));
}

TEST(LoadWeights, NamesTheSurplusOne) {
  const auto network = tiny_network();
  model::Weights weights = weights_of(*network);
  weights["encoder.layers.9.mystery"] = weights.at("output_bias");
  EXPECT_THAT(message_of([&] { load_weights(*network, weights); }), HasSubstr("encoder.layers.9.mystery"));
}

TEST(LoadWeights, NamesBothShapes) {
  const auto network = tiny_network();
  model::Weights weights = weights_of(*network);
  weights["output_bias"] = weights.at("encoder.layers.0.self_attention.query.bias");
  EXPECT_THAT(message_of([&] { load_weights(*network, weights); }),
              testing::AllOf(HasSubstr("output_bias"), HasSubstr("[23]"), HasSubstr("[16]")));
}

}  // namespace
}  // namespace mynah::nn
