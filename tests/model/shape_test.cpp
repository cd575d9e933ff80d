#include "model/shape.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Shape valid() {
  Shape shape = shape_of_size("tiny");
  shape.vocabulary = 100;
  return shape;
}

std::string complaint(const Shape& shape) {
  return message_of<Error>([&] { check(shape, "file.json"); });
}

TEST(Shape, SizesAreTheDocumentedOnes) {
  const auto sizes = [](const std::string& name) {
    const Shape shape = shape_of_size(name);
    return std::vector{shape.encoder_layers, shape.decoder_layers, shape.d_model, shape.d_feed_forward, shape.heads};
  };
  EXPECT_EQ(sizes("tiny"), (std::vector{4, 4, 128, 256, 4}));
  EXPECT_EQ(sizes("small"), (std::vector{6, 2, 256, 1024, 8}));
  EXPECT_EQ(sizes("base"), (std::vector{6, 6, 512, 2048, 8}));
  EXPECT_EQ(sizes("big"), (std::vector{6, 6, 1024, 4096, 16}));
  EXPECT_EQ(sizes("transformer-base"), sizes("base"));
}

TEST(Shape, EveryArchitectureHasEverySize) {
  for (const std::string& type : known_types()) {
    for (const char* name : {"tiny", "small", "base", "big"}) {
      Shape shape = shape_of_size(name, type);
      shape.vocabulary = 100;
      EXPECT_EQ(complaint(shape), "");
      EXPECT_EQ(shape.type, canonical_type(type));
    }
  }
  EXPECT_EQ(shape_of_size("rnn-small", "s2s").rnn.width, 512);
  EXPECT_EQ(shape_of_size("base", "cnn").cnn.channels, 512);
  EXPECT_THROW(shape_of_size("transformer-small", "rnn"), UsageError);
  EXPECT_THAT(message_of<Error>([&] { shape_of_size("tiny", "convolution"); }),
              AllOf(HasSubstr("'convolution'"), HasSubstr("transformer, rnn, cnn")));
}

TEST(Shape, OtherToolkitsSpellingsAreKnown) {
  EXPECT_EQ(canonical_type("s2s"), "rnn");
  EXPECT_EQ(canonical_type("cnn"), "cnn");
  EXPECT_EQ(canonical_type("no such"), "no such");
  EXPECT_THAT(known_types(), testing::IsSupersetOf({"transformer", "rnn", "s2s", "cnn"}));
}

TEST(Shape, UnknownSizeNamesTheKnownOnes) {
  for (const char* name : {"huge", "", "transformer-", "base-transformer"}) {
    EXPECT_THAT(message_of<UsageError>([&] { shape_of_size(name); }), AllOf(HasSubstr(name), HasSubstr("tiny, small, base")));
  }
}

TEST(Shape, ValidShapesPass) {
  for (const char* activation : {"relu", "gelu", "silu", "swiglu"}) {
    Shape shape = valid();
    shape.activation = activation;
    EXPECT_EQ(complaint(shape), "");
  }
}

TEST(Shape, EveryFieldOutOfRangeIsNamed) {
  const std::vector<std::pair<int Shape::*, std::string>> fields = {{&Shape::vocabulary, "vocabulary"},
                                                                    {&Shape::d_model, "d_model"},
                                                                    {&Shape::heads, "heads"},
                                                                    {&Shape::d_feed_forward, "d_feed_forward"},
                                                                    {&Shape::encoder_layers, "encoder_layers"},
                                                                    {&Shape::decoder_layers, "decoder_layers"},
                                                                    {&Shape::max_positions, "max_positions"}};
  for (const auto& [field, name] : fields) {
    for (const int value : {0, -4, 1 << 30}) {
      Shape shape = valid();
      shape.*field = value;
      EXPECT_THAT(complaint(shape), AllOf(HasSubstr("file.json"), HasSubstr(name), HasSubstr(std::to_string(value))));
    }
  }
}

TEST(Shape, MoreLayersThanAnyNetworkHasAreRefused) {
  for (int Shape::* layers : {&Shape::encoder_layers, &Shape::decoder_layers}) {
    Shape shape = valid();
    shape.*layers = 1000;
    EXPECT_EQ(complaint(shape), "");
    shape.*layers = 1001;
    EXPECT_THAT(complaint(shape), HasSubstr("_layers must be between 1 and 1000, not 1001"));
  }
}

TEST(Shape, SizesThatDoNotDivideAreNamed) {
  Shape shape = valid();
  shape.heads = 3;
  EXPECT_THAT(complaint(shape), AllOf(HasSubstr("heads (3)"), HasSubstr("d_model (128)")));
  shape.d_model = 129;
  EXPECT_THAT(complaint(shape), AllOf(HasSubstr("even"), HasSubstr("129")));
}

TEST(Shape, WhatARecurrentNetworkCannotBeIsNamed) {
  Shape valid_one = shape_of_size("tiny", "rnn");
  valid_one.vocabulary = 100;
  const auto names = [&](const char* field, auto change) {
    Shape shape = valid_one;
    change(shape.rnn);
    EXPECT_THAT(complaint(shape), AllOf(HasSubstr("file.json"), HasSubstr(field)));
  };
  names("rnn_width", [](auto& rnn) { rnn.width = 0; });
  names("rnn_width must be even", [](auto& rnn) { rnn.width = 7; });
  names("encoder_cell must be lstm or gru, not 'tanh'", [](auto& rnn) { rnn.encoder_cell = "tanh"; });
  names("decoder_cell", [](auto& rnn) { rnn.decoder_cell = ""; });
  names("encoder_type", [](auto& rnn) { rnn.encoder_type = "alternating"; });
  names("attention", [](auto& rnn) { rnn.attention = "dot"; });
}

TEST(Shape, WhatAConvolutionalNetworkCannotBeIsNamed) {
  Shape shape = shape_of_size("tiny", "cnn");
  shape.vocabulary = 100;
  shape.cnn.kernel_width = 4;
  EXPECT_THAT(complaint(shape), HasSubstr("kernel_width must be odd"));
  shape.cnn.kernel_width = -1;
  EXPECT_THAT(complaint(shape), HasSubstr("kernel_width"));
  shape.cnn.kernel_width = 3;
  shape.cnn.channels = 0;
  EXPECT_THAT(complaint(shape), HasSubstr("cnn_channels"));
}

TEST(Shape, UnknownKindsAreNamed) {
  Shape shape = valid();
  shape.activation = "sigmoid";
  EXPECT_THAT(complaint(shape), HasSubstr("'sigmoid'"));
  shape.type = "convolution";
  EXPECT_THAT(complaint(shape), HasSubstr("'convolution'"));
}

}  // namespace
}  // namespace mynah::model
