#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/huggingface.h"

namespace mynah::model {
namespace {

using testing::HasSubstr;

Shape universal_shape() {
  Shape shape;
  shape.type = "universal";
  shape.vocabulary = 6;
  shape.d_model = 4;
  shape.d_feed_forward = 6;
  shape.heads = 2;
  shape.universal = {true, "separable-convolution"};
  return shape;
}

std::string complaint(const Shape& shape) {
  try {
    check(shape, "file.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no Error";
}

TEST(UniversalInFiles, TheConfigurationTravels) {
  const Shape shape = universal_shape();
  const Vocabulary vocabulary({"</s>", "<unk>", "a", "b", "c", "<pad>"});
  const Json config = config_of(shape, vocabulary, DataType::float32);
  EXPECT_EQ(config.at("model_type"), "mynah-universal");
  const Shape again = shape_of(config, "config.json");
  EXPECT_EQ(again.type, "universal");
  EXPECT_TRUE(again.universal.halting);
  EXPECT_EQ(again.universal.transition, "separable-convolution");
  EXPECT_EQ(again.heads, 2);
  EXPECT_EQ(again.d_feed_forward, 6);
}

TEST(UniversalInFiles, KindsThatCannotBeAreNamed) {
  Shape shape = universal_shape();
  EXPECT_EQ(complaint(shape), "no Error");
  shape.universal.transition = "recurrent";
  EXPECT_THAT(complaint(shape), HasSubstr("'recurrent'"));
  shape = universal_shape();
  shape.activation = "gelu";
  EXPECT_THAT(complaint(shape), HasSubstr("'gelu'"));
  shape.heads = 3;
  EXPECT_THAT(complaint(shape), HasSubstr("heads (3)"));
}

TEST(UniversalInFiles, ArraysDoNotGrowWithDepth) {
  Shape shape = universal_shape();
  const Layout layout = layout_of(shape);
  shape.encoder_layers = shape.decoder_layers = 50;
  EXPECT_EQ(layout, layout_of(shape));
  EXPECT_EQ(layout.at("encoder.transition.inner.depthwise"), (std::vector<std::int64_t>{4, 3}));
  EXPECT_EQ(layout.at("decoder.transition.outer.depthwise"), (std::vector<std::int64_t>{6, 5}));
  EXPECT_EQ(layout.at("decoder.halting.unit.weight"), (std::vector<std::int64_t>{1, 4}));
  shape.universal = {};
  EXPECT_EQ(layout_of(shape).at("decoder.transition.feed_forward.inner.weight"), (std::vector<std::int64_t>{6, 4}));
  EXPECT_FALSE(layout_of(shape).contains("decoder.halting.unit.weight"));
}

}  // namespace
}  // namespace mynah::model
