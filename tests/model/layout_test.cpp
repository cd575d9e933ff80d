#include "model/layout.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Shape small_shape() {
  Shape shape;
  shape.vocabulary = 11;
  shape.d_model = 4;
  shape.d_feed_forward = 6;
  shape.heads = 2;
  shape.encoder_layers = shape.decoder_layers = 1;
  return shape;
}

std::vector<std::string> names(const Layout& layout) {
  std::vector<std::string> all;
  for (const auto& [name, array_shape] : layout) all.push_back(name);
  return all;
}

std::vector<std::string> added(const Layout& layout, const Layout& to) {
  std::vector<std::string> all;
  for (const auto& name : names(layout)) {
    if (!to.contains(name)) all.push_back(name);
  }
  return all;
}

Weights zeros(const Layout& layout) {
  Weights weights;
  for (const auto& [name, array_shape] : layout) {
    std::int64_t elements = 1;
    for (const auto length : array_shape) elements *= length;
    weights[name] = make_array(std::vector<float>(static_cast<std::size_t>(elements)), array_shape);
  }
  return weights;
}

// Files on disk hold these names: a change makes every stored model unreadable.
TEST(Layout, CanonicalNamesAreFrozen) {
  EXPECT_THAT(names(layout_of(small_shape())),
              ElementsAre("decoder.layers.0.cross_attention.key.bias", "decoder.layers.0.cross_attention.key.weight",
                          "decoder.layers.0.cross_attention.output.bias", "decoder.layers.0.cross_attention.output.weight",
                          "decoder.layers.0.cross_attention.query.bias", "decoder.layers.0.cross_attention.query.weight",
                          "decoder.layers.0.cross_attention.value.bias", "decoder.layers.0.cross_attention.value.weight",
                          "decoder.layers.0.cross_attention_norm.bias", "decoder.layers.0.cross_attention_norm.weight",
                          "decoder.layers.0.feed_forward.inner.bias", "decoder.layers.0.feed_forward.inner.weight",
                          "decoder.layers.0.feed_forward.outer.bias", "decoder.layers.0.feed_forward.outer.weight",
                          "decoder.layers.0.feed_forward_norm.bias", "decoder.layers.0.feed_forward_norm.weight",
                          "decoder.layers.0.self_attention.key.bias", "decoder.layers.0.self_attention.key.weight",
                          "decoder.layers.0.self_attention.output.bias", "decoder.layers.0.self_attention.output.weight",
                          "decoder.layers.0.self_attention.query.bias", "decoder.layers.0.self_attention.query.weight",
                          "decoder.layers.0.self_attention.value.bias", "decoder.layers.0.self_attention.value.weight",
                          "decoder.layers.0.self_attention_norm.bias", "decoder.layers.0.self_attention_norm.weight",  //
                          "embedding.weight",                                                                          //
                          "encoder.layers.0.feed_forward.inner.bias", "encoder.layers.0.feed_forward.inner.weight",
                          "encoder.layers.0.feed_forward.outer.bias", "encoder.layers.0.feed_forward.outer.weight",
                          "encoder.layers.0.feed_forward_norm.bias", "encoder.layers.0.feed_forward_norm.weight",
                          "encoder.layers.0.self_attention.key.bias", "encoder.layers.0.self_attention.key.weight",
                          "encoder.layers.0.self_attention.output.bias", "encoder.layers.0.self_attention.output.weight",
                          "encoder.layers.0.self_attention.query.bias", "encoder.layers.0.self_attention.query.weight",
                          "encoder.layers.0.self_attention.value.bias", "encoder.layers.0.self_attention.value.weight",
                          "encoder.layers.0.self_attention_norm.bias", "encoder.layers.0.self_attention_norm.weight",  //
                          "output_bias"));
}

TEST(Layout, NamesOfRecurrentNetworksAreFrozen) {
  Shape shape = small_shape();
  shape.type = "rnn";
  shape.rnn.width = 8;
  EXPECT_THAT(
      names(layout_of(shape)),
      ElementsAre("decoder.attention.key", "decoder.feed", "decoder.layers.0.hidden.bias", "decoder.layers.0.hidden.weight",
                  "decoder.layers.0.input.bias", "decoder.layers.0.input.weight", "decoder.readout.bias",
                  "decoder.readout.weight", "decoder.start.bias", "decoder.start.weight", "embedding.weight",
                  "encoder.layers.0.backwards.hidden.bias", "encoder.layers.0.backwards.hidden.weight",
                  "encoder.layers.0.backwards.input.bias", "encoder.layers.0.backwards.input.weight",
                  "encoder.layers.0.forwards.hidden.bias", "encoder.layers.0.forwards.hidden.weight",
                  "encoder.layers.0.forwards.input.bias", "encoder.layers.0.forwards.input.weight", "output_bias"));
  const Layout plain = layout_of(shape);
  EXPECT_THAT(plain.at("encoder.layers.0.forwards.hidden.weight"), ElementsAre(16, 4));
  EXPECT_THAT(plain.at("decoder.feed"), ElementsAre(32, 4));
  shape.rnn.attention = "none";
  EXPECT_FALSE(layout_of(shape).contains("decoder.attention.key"));
  EXPECT_THAT(layout_of(shape).at("decoder.feed"), ElementsAre(32, 8));
  shape.rnn.attention = "additive";
  shape.rnn.layer_norm = true;
  shape.rnn.encoder_cell = "gru";
  EXPECT_THAT(
      added(layout_of(shape), plain),
      ElementsAre("decoder.attention.query", "decoder.attention.score", "decoder.layers.0.cell_norm.bias",
                  "decoder.layers.0.cell_norm.weight", "decoder.layers.0.hidden_norm.bias", "decoder.layers.0.hidden_norm.weight",
                  "decoder.layers.0.input_norm.bias", "decoder.layers.0.input_norm.weight",
                  "encoder.layers.0.backwards.hidden_norm.bias", "encoder.layers.0.backwards.hidden_norm.weight",
                  "encoder.layers.0.backwards.input_norm.bias", "encoder.layers.0.backwards.input_norm.weight",
                  "encoder.layers.0.forwards.hidden_norm.bias", "encoder.layers.0.forwards.hidden_norm.weight",
                  "encoder.layers.0.forwards.input_norm.bias", "encoder.layers.0.forwards.input_norm.weight"));
  EXPECT_THAT(layout_of(shape).at("encoder.layers.0.forwards.hidden.weight"), ElementsAre(12, 4));
  EXPECT_THAT(layout_of(shape).at("decoder.feed"), ElementsAre(32, 8));
}

TEST(Layout, NamesOfConvolutionalNetworksAreFrozen) {
  Shape shape = small_shape();
  shape.type = "cnn";
  shape.cnn.channels = 8;
  std::vector<std::string> expected = {"embedding.weight", "output_bias", "encoder.positions.weight", "decoder.positions.weight"};
  for (const char* map : {"encoder.input", "encoder.output", "encoder.convolutions.0", "decoder.input", "decoder.output",
                          "decoder.layers.0.convolution", "decoder.layers.0.query", "decoder.layers.0.answer"}) {
    for (const char* part : {".weight_v", ".weight_g", ".bias"}) expected.push_back(std::string(map) + part);
  }
  EXPECT_THAT(names(layout_of(shape)), testing::UnorderedElementsAreArray(expected));
  EXPECT_THAT(layout_of(shape).at("encoder.convolutions.0.weight_v"), ElementsAre(16, 24));
  EXPECT_THAT(layout_of(shape).at("decoder.layers.0.answer.weight_v"), ElementsAre(8, 4));
  EXPECT_THAT(layout_of(shape).at("encoder.positions.weight"), ElementsAre(512, 4));
}

TEST(Layout, PreNormAddsOneNormPerStack) {
  Shape shape = small_shape();
  shape.pre_norm = true;
  EXPECT_THAT(added(layout_of(shape), layout_of(small_shape())),
              ElementsAre("decoder.norm.bias", "decoder.norm.weight", "encoder.norm.bias", "encoder.norm.weight"));
}

TEST(Layout, SwigluAddsGates) {
  Shape shape = small_shape();
  shape.activation = "swiglu";
  EXPECT_THAT(added(layout_of(shape), layout_of(small_shape())),
              ElementsAre("decoder.layers.0.feed_forward.gate.bias", "decoder.layers.0.feed_forward.gate.weight",
                          "encoder.layers.0.feed_forward.gate.bias", "encoder.layers.0.feed_forward.gate.weight"));
}

TEST(Layout, LinearWeightsAreOutByIn) {
  const Layout layout = layout_of(small_shape());
  EXPECT_THAT(layout.at("embedding.weight"), ElementsAre(11, 4));
  EXPECT_THAT(layout.at("output_bias"), ElementsAre(11));
  EXPECT_THAT(layout.at("encoder.layers.0.feed_forward.inner.weight"), ElementsAre(6, 4));
  EXPECT_THAT(layout.at("encoder.layers.0.feed_forward.inner.bias"), ElementsAre(6));
  EXPECT_THAT(layout.at("encoder.layers.0.feed_forward.outer.weight"), ElementsAre(4, 6));
  EXPECT_THAT(layout.at("decoder.layers.0.cross_attention.query.weight"), ElementsAre(4, 4));
}

TEST(Layout, EveryLayerIsThere) {
  Shape shape = small_shape();
  shape.encoder_layers = 12;
  const Layout layout = layout_of(shape);
  EXPECT_TRUE(layout.contains("encoder.layers.11.feed_forward.inner.weight"));
  EXPECT_FALSE(layout.contains("encoder.layers.12.feed_forward.inner.weight"));
  EXPECT_FALSE(layout.contains("decoder.layers.1.feed_forward.inner.weight"));
}

TEST(Layout, ArraysThatDoNotFitAreNamed) {
  const Layout layout = layout_of(small_shape());
  const auto complaint = [&](auto change) {
    Weights weights = zeros(layout);
    change(weights);
    return message_of<Error>([&] { check_layout(weights, layout, "file"); });
  };
  EXPECT_EQ(complaint([](Weights&) {}), "");
  EXPECT_THAT(complaint([](Weights& weights) { weights.erase("output_bias"); }),
              HasSubstr("file: the array 'output_bias' is missing"));
  EXPECT_THAT(complaint([](Weights& weights) { weights["surplus"] = weights["output_bias"]; }),
              HasSubstr("'surplus' is not part"));
  EXPECT_THAT(complaint([](Weights& weights) { weights["output_bias"].shape = {1, 11}; }),
              AllOf(HasSubstr("'output_bias'"), HasSubstr("[11]"), HasSubstr("[1, 11]")));
  EXPECT_THAT(complaint([](Weights& weights) { weights["output_bias"].type = DataType::int32; }),
              AllOf(HasSubstr("'output_bias'"), HasSubstr("I32")));
}

}  // namespace
}  // namespace mynah::model
