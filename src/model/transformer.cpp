// The Transformer in files. Its fields in config.json are Hugging Face's.
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model/architecture.h"
#include "model/transformer_layout.h"

namespace mynah::model {
namespace {

void set_size(Shape& shape, Size size) {
  struct Sizes {
    int encoder_layers, decoder_layers, d_model, d_feed_forward, heads;
  };
  constexpr std::array<Sizes, 4> kSizes = {
      {{4, 4, 128, 256, 4}, {6, 2, 256, 1024, 8}, {6, 6, 512, 2048, 8}, {6, 6, 1024, 4096, 16}}};
  const Sizes& sizes = kSizes[static_cast<std::size_t>(size)];
  shape.encoder_layers = sizes.encoder_layers;
  shape.decoder_layers = sizes.decoder_layers;
  shape.d_model = sizes.d_model;
  shape.d_feed_forward = sizes.d_feed_forward;
  shape.heads = sizes.heads;
}

void check_sizes(const Shape& shape, const std::string& where) {
  check_range(where, "d_feed_forward", shape.d_feed_forward, 1);
  check_range(where, "heads", shape.heads, 1);
  if (shape.d_model % 2 != 0) {
    throw Error(concat(where, ": d_model must be even (half sine, half cosine positions), not ", shape.d_model));
  }
  if (shape.d_model % shape.heads != 0) {
    throw Error(concat(where, ": heads (", shape.heads, ") must divide d_model (", shape.d_model, ")"));
  }
  check_name(where, "activation", shape.activation, {"relu", "gelu", "silu", "swiglu"});
}

void add_layer(TransformerLayout& builder, const std::string& prefix, bool decoder) {
  builder.attention(prefix + "self_attention");
  if (decoder) builder.attention(prefix + "cross_attention");
  builder.feed_forward(prefix + "feed_forward");
  builder.model_norm(prefix + "feed_forward_norm");
}

Layout layout(const Shape& shape) {
  TransformerLayout builder(shape);
  for (int layer = 0; layer < shape.encoder_layers; ++layer) add_layer(builder, concat("encoder.layers.", layer, "."), false);
  for (int layer = 0; layer < shape.decoder_layers; ++layer) add_layer(builder, concat("decoder.layers.", layer, "."), true);
  for (const char* norm : {"encoder.norm", "decoder.norm"}) {
    if (shape.pre_norm) builder.model_norm(norm);
  }
  return builder.take();
}

void write(const Shape& shape, Json& config) {
  config.update({{"encoder_attention_heads", shape.heads},
                 {"decoder_attention_heads", shape.heads},
                 {"encoder_ffn_dim", shape.d_feed_forward},
                 {"decoder_ffn_dim", shape.d_feed_forward},
                 {"activation_function", shape.activation},
                 {"normalize_before", shape.pre_norm},
                 {"normalize_embedding", false},
                 {"scale_embedding", true},
                 {"static_position_embeddings", true}});
}

/// The value of two fields that a file may set apart, but no network here does.
int same_in_both(const JsonFields& fields, const char* encoder_key, const char* decoder_key) {
  const int value = fields.integer(encoder_key);
  const int other = fields.integer(decoder_key, value);
  if (value != other) {
    throw Error(
        concat(fields.where(), ": '", encoder_key, "' and '", decoder_key, "' must be equal, but are ", value, " and ", other));
  }
  return value;
}

void read(const JsonFields& fields, Shape& shape) {
  const std::string model_type = fields.text("model_type");
  const bool says_order = model_type == "marian" || model_type == "pegasus";
  shape.pre_norm = says_order ? model_type == "pegasus" : fields.flag("normalize_before");
  fields.expect("normalize_before", shape.pre_norm, shape.pre_norm);
  fields.expect("scale_embedding", true, false);
  fields.expect("normalize_embedding", false, false);
  shape.heads = same_in_both(fields, "encoder_attention_heads", "decoder_attention_heads");
  shape.d_feed_forward = same_in_both(fields, "encoder_ffn_dim", "decoder_ffn_dim");
  shape.activation = fields.text("activation_function");
  if (shape.activation == "swish") shape.activation = "silu";
}

}  // namespace

constinit const Architecture kTransformer = {"transformer", "", set_size, check_sizes, layout, write, read};

}  // namespace mynah::model
