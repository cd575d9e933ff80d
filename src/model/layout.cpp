#include "model/layout.h"

#include "base/error.h"

namespace mynah::model {
namespace {

class LayoutBuilder {
 public:
  explicit LayoutBuilder(const Shape& shape) : shape_(shape) {}

  void embedding() {
    layout_["embedding.weight"] = {shape_.vocabulary, shape_.d_model};
    layout_["output_bias"] = {shape_.vocabulary};
  }
  void stack(const std::string& name, int layers, bool decoder) {
    for (int layer = 0; layer < layers; ++layer) {
      const std::string prefix = concat(name, ".layers.", layer, ".");
      attention(prefix + "self_attention");
      if (decoder) attention(prefix + "cross_attention");
      feed_forward(prefix + "feed_forward");
    }
    if (shape_.pre_norm) norm(name + ".norm");
  }
  Layout take() { return std::move(layout_); }

 private:
  void linear(const std::string& name, int out, int in) {
    layout_[name + ".weight"] = {out, in};
    layout_[name + ".bias"] = {out};
  }
  void norm(const std::string& name) {
    layout_[name + ".weight"] = {shape_.d_model};
    layout_[name + ".bias"] = {shape_.d_model};
  }
  void attention(const std::string& name) {
    for (const char* part : {".query", ".key", ".value", ".output"}) linear(name + part, shape_.d_model, shape_.d_model);
    norm(name + "_norm");
  }
  void feed_forward(const std::string& name) {
    linear(name + ".inner", shape_.d_feed_forward, shape_.d_model);
    if (shape_.activation == "swiglu") linear(name + ".gate", shape_.d_feed_forward, shape_.d_model);
    linear(name + ".outer", shape_.d_model, shape_.d_feed_forward);
    norm(name + "_norm");
  }

  const Shape& shape_;
  Layout layout_;
};

}  // namespace

Layout layout_of(const Shape& shape) {
  LayoutBuilder builder(shape);
  builder.embedding();
  builder.stack("encoder", shape.encoder_layers, false);
  builder.stack("decoder", shape.decoder_layers, true);
  return builder.take();
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t length : shape) text += concat(text.size() > 1 ? ", " : "", length);
  return text + "]";
}

void check_layout(const Weights& weights, const Layout& layout, const std::string& where) {
  for (const auto& [name, shape] : layout) {
    const auto found = weights.find(name);
    if (found == weights.end()) throw Error(concat(where, ": the array '", name, "' is missing"));
    if (found->second.shape != shape) {
      throw Error(concat(where, ": the array '", name, "' should have the shape ", shape_text(shape), " by config.json, but has ",
                         shape_text(found->second.shape)));
    }
    if (!holds_floats(found->second.type)) {
      throw Error(concat(where, ": the array '", name, "' should be F32, F16 or BF16, but is ", name_of(found->second.type)));
    }
  }
  for (const auto& [name, array] : weights) {
    if (!layout.contains(name)) {
      throw Error(concat(where, ": the array '", name, "' is not part of the network that config.json describes"));
    }
  }
}

}  // namespace mynah::model
