// The Universal Transformer in files: the Transformer's fields and two of its own.
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/architecture.h"
#include "model/transformer_layout.h"

namespace mynah::model {
namespace {

constexpr const char* kConvolution = "separable-convolution";

void set_size(Shape& shape, Size size) { kTransformer.set_size(shape, size); }

void check_kinds(const Shape& shape, const std::string& where) {
  kTransformer.check(shape, where);
  const std::string& transition = shape.universal.transition;
  if (transition != "feed-forward" && transition != kConvolution) {
    throw Error(concat(where, ": transition must be feed-forward or ", kConvolution, ", not '", transition, "'"));
  }
  if (transition == kConvolution && shape.activation != "relu") {
    throw Error(concat(where, ": between separable convolutions stands relu, not the activation '", shape.activation, "'"));
  }
}

void add_convolution(TransformerLayout& builder, const std::string& name, int outputs, int inputs, int width) {
  builder.add(name + ".depthwise", {inputs, width});
  builder.linear(name + ".pointwise", outputs, inputs);
}

/// The one block of a side, and what stands behind it.
void add_side(TransformerLayout& builder, const Shape& shape, const std::string& side, bool decoder) {
  builder.attention(side + ".self_attention");
  if (decoder) builder.attention(side + ".cross_attention");
  if (shape.universal.transition == kConvolution) {
    add_convolution(builder, side + ".transition.inner", shape.d_feed_forward, shape.d_model, 3);
    add_convolution(builder, side + ".transition.outer", shape.d_model, shape.d_feed_forward, 5);
  } else {
    builder.feed_forward(side + ".transition.feed_forward");
  }
  builder.model_norm(side + ".transition_norm");
  if (shape.universal.halting) builder.linear(side + ".halting.unit", 1, shape.d_model);
  if (shape.pre_norm) builder.model_norm(side + ".norm");
}

Layout layout(const Shape& shape) {
  TransformerLayout builder(shape);
  add_side(builder, shape, "encoder", false);
  add_side(builder, shape, "decoder", true);
  return builder.take();
}

void write(const Shape& shape, Json& config) {
  kTransformer.write(shape, config);
  config["halting"] = shape.universal.halting;
  config["transition"] = shape.universal.transition;
}

void read(const JsonFields& fields, Shape& shape) {
  kTransformer.read(fields, shape);
  shape.universal.halting = fields.flag("halting");
  shape.universal.transition = fields.text("transition");
}

}  // namespace

constinit const Architecture kUniversal = {"universal", "", set_size, check_kinds, layout, write, read};

}  // namespace mynah::model
