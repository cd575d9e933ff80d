// The recurrent network in files.
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/architecture.h"
#include "model/layout_builder.h"

namespace mynah::model {
namespace {

void set_size(Shape& shape, Size size) {
  struct Sizes {
    int encoder_layers, decoder_layers, d_model, width;
  };
  constexpr std::array<Sizes, 4> kSizes = {{{1, 1, 128, 256}, {2, 2, 256, 512}, {2, 2, 512, 1024}, {4, 4, 1024, 1024}}};
  const Sizes& sizes = kSizes[static_cast<std::size_t>(size)];
  shape.encoder_layers = sizes.encoder_layers;
  shape.decoder_layers = sizes.decoder_layers;
  shape.d_model = sizes.d_model;
  shape.rnn.width = sizes.width;
}

void check_kinds(const Shape& shape, const std::string& where) {
  const RecurrentShape& rnn = shape.rnn;
  check_range(where, "rnn_width", rnn.width, 2);
  if (rnn.width % 2 != 0) throw Error(concat(where, ": rnn_width must be even (a half for each direction), not ", rnn.width));
  check_name(where, "encoder_cell", rnn.encoder_cell, {"lstm", "gru"});
  check_name(where, "decoder_cell", rnn.decoder_cell, {"lstm", "gru"});
  check_name(where, "encoder_type", rnn.encoder_type, {"bidirectional", "bi-unidirectional"});
  check_name(where, "attention", rnn.attention, {"multiplicative", "additive", "none"});
}

class RnnLayout : public LayoutBuilder {
 public:
  explicit RnnLayout(const Shape& shape) : LayoutBuilder(shape), shape_(shape) {}

  void encoder() {
    const int width = shape_.rnn.width;
    for (int layer = 0; layer < shape_.encoder_layers; ++layer) {
      const std::string name = concat("encoder.layers.", layer);
      const int inputs = layer == 0 ? shape_.d_model : width;
      const bool both = layer == 0 || shape_.rnn.encoder_type == "bidirectional";
      cell(name + ".forwards", shape_.rnn.encoder_cell, inputs, both ? width / 2 : width);
      if (both) cell(name + ".backwards", shape_.rnn.encoder_cell, inputs, width / 2);
    }
  }
  void decoder() {
    const int width = shape_.rnn.width;
    const std::string& attention = shape_.rnn.attention;
    for (int layer = 0; layer < shape_.decoder_layers; ++layer) {
      cell(concat("decoder.layers.", layer), shape_.rnn.decoder_cell, layer == 0 ? shape_.d_model : width, width);
    }
    linear("decoder.start", shape_.decoder_layers * width, width);
    linear("decoder.readout", shape_.d_model, 2 * width);
    add("decoder.feed", {gates(shape_.rnn.decoder_cell) * width, attention == "multiplicative" ? shape_.d_model : width});
    if (attention == "none") return;
    add("decoder.attention.key", {width, width});
    if (attention != "additive") return;
    add("decoder.attention.query", {width, width});
    add("decoder.attention.score", {1, width});
  }

 private:
  static int gates(const std::string& kind) { return kind == "lstm" ? 4 : 3; }
  void cell(const std::string& name, const std::string& kind, int inputs, int width) {
    linear(name + ".input", gates(kind) * width, inputs);
    linear(name + ".hidden", gates(kind) * width, width);
    if (!shape_.rnn.layer_norm) return;
    norm(name + ".input_norm", gates(kind) * width);
    norm(name + ".hidden_norm", gates(kind) * width);
    if (kind == "lstm") norm(name + ".cell_norm", width);
  }

  const Shape& shape_;
};

Layout layout(const Shape& shape) {
  RnnLayout builder(shape);
  builder.encoder();
  builder.decoder();
  return builder.take();
}

void write(const Shape& shape, Json& config) {
  const RecurrentShape& rnn = shape.rnn;
  config.update({{"rnn_width", rnn.width},
                 {"encoder_cell", rnn.encoder_cell},
                 {"decoder_cell", rnn.decoder_cell},
                 {"encoder_type", rnn.encoder_type},
                 {"attention", rnn.attention},
                 {"layer_norm", rnn.layer_norm},
                 {"skip", rnn.skip}});
}

void read(const JsonFields& config, Shape& shape) {
  RecurrentShape& rnn = shape.rnn;
  rnn.width = config.integer("rnn_width");
  rnn.encoder_cell = config.text("encoder_cell");
  rnn.decoder_cell = config.text("decoder_cell");
  rnn.encoder_type = config.text("encoder_type");
  rnn.attention = config.text("attention");
  rnn.layer_norm = config.flag("layer_norm");
  rnn.skip = config.flag("skip");
}

}  // namespace

constinit const Architecture kRnn = {"rnn", "s2s", set_size, check_kinds, layout, write, read};

}  // namespace mynah::model
