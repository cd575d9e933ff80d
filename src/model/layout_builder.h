// Names and shapes of the arrays that architectures are put together from.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "model/layout.h"

namespace mynah::model {

/// Begins with what every network has: one table for source, target and output, and the output's bias.
class LayoutBuilder {
 public:
  explicit LayoutBuilder(const Shape& shape) {
    add("embedding.weight", {shape.vocabulary, shape.d_model});
    add("output_bias", {shape.vocabulary});
  }

  void add(const std::string& name, std::vector<std::int64_t> shape) { layout_[name] = std::move(shape); }
  void linear(const std::string& name, int outputs, int inputs) {
    add(name + ".weight", {outputs, inputs});
    add(name + ".bias", {outputs});
  }
  void norm(const std::string& name, int width) {
    add(name + ".weight", {width});
    add(name + ".bias", {width});
  }
  Layout take() { return std::move(layout_); }

 private:
  Layout layout_;
};

}  // namespace mynah::model
