// The convolutional network in files.
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/architecture.h"
#include "model/layout_builder.h"

namespace mynah::model {
namespace {

void set_size(Shape& shape, Size size) {
  struct Sizes {
    int encoder_layers, decoder_layers, d_model, channels;
  };
  constexpr std::array<Sizes, 4> kSizes = {{{4, 4, 128, 128}, {8, 4, 256, 256}, {12, 12, 512, 512}, {15, 15, 768, 768}}};
  const Sizes& sizes = kSizes[static_cast<std::size_t>(size)];
  shape.encoder_layers = sizes.encoder_layers;
  shape.decoder_layers = sizes.decoder_layers;
  shape.d_model = sizes.d_model;
  shape.cnn.channels = sizes.channels;
  shape.cnn.kernel_width = 3;
}

void check_sizes(const Shape& shape, const std::string& where) {
  check_range(where, "cnn_channels", shape.cnn.channels, 1);
  check_range(where, "kernel_width", shape.cnn.kernel_width, 1);
  if (shape.cnn.kernel_width % 2 == 0) {
    throw Error(concat(where, ": kernel_width must be odd (a token and as many on each side), not ", shape.cnn.kernel_width));
  }
}

class CnnLayout : public LayoutBuilder {
 public:
  using LayoutBuilder::LayoutBuilder;

  void normalized(const std::string& name, int outputs, int inputs) {
    add(name + ".weight_v", {outputs, inputs});
    add(name + ".weight_g", {outputs});
    add(name + ".bias", {outputs});
  }
};

Layout layout(const Shape& shape) {
  const int channels = shape.cnn.channels, window = shape.cnn.kernel_width * channels;
  CnnLayout builder(shape);
  for (const char* stack : {"encoder", "decoder"}) {
    builder.add(concat(stack, ".positions.weight"), {shape.max_positions, shape.d_model});
    builder.normalized(concat(stack, ".input"), channels, shape.d_model);
    builder.normalized(concat(stack, ".output"), shape.d_model, channels);
  }
  for (int layer = 0; layer < shape.encoder_layers; ++layer) {
    builder.normalized(concat("encoder.convolutions.", layer), 2 * channels, window);
  }
  for (int layer = 0; layer < shape.decoder_layers; ++layer) {
    const std::string name = concat("decoder.layers.", layer);
    builder.normalized(name + ".convolution", 2 * channels, window);
    builder.normalized(name + ".query", shape.d_model, channels);
    builder.normalized(name + ".answer", channels, shape.d_model);
  }
  return builder.take();
}

void write(const Shape& shape, Json& config) {
  config.update({{"cnn_channels", shape.cnn.channels}, {"kernel_width", shape.cnn.kernel_width}});
}

void read(const JsonFields& config, Shape& shape) {
  shape.cnn.channels = config.integer("cnn_channels");
  shape.cnn.kernel_width = config.integer("kernel_width");
}

}  // namespace

constinit const Architecture kCnn = {"cnn", "", set_size, check_sizes, layout, write, read};

}  // namespace mynah::model
