// Names and shapes of the arrays that the Transformer and what is made of its parts share.
#pragma once
#include "model/layout_builder.h"

namespace mynah::model {

class TransformerLayout : public LayoutBuilder {
 public:
  explicit TransformerLayout(const Shape& shape) : LayoutBuilder(shape), shape_(shape) {}

  void model_norm(const std::string& name) { norm(name, shape_.d_model); }
  /// With its norm.
  void attention(const std::string& name) {
    for (const char* part : {".query", ".key", ".value", ".output"}) linear(name + part, shape_.d_model, shape_.d_model);
    model_norm(name + "_norm");
  }
  void feed_forward(const std::string& name) {
    linear(name + ".inner", shape_.d_feed_forward, shape_.d_model);
    if (shape_.activation == "swiglu") linear(name + ".gate", shape_.d_feed_forward, shape_.d_model);
    linear(name + ".outer", shape_.d_model, shape_.d_feed_forward);
  }

 private:
  const Shape& shape_;
};

}  // namespace mynah::model
