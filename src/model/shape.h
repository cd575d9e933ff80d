// What a network is made of, as its file says it. Training options (dropout and the like) live in `training`.
#pragma once
#include <string>

#include "base/json.h"

namespace mynah::model {

/// The sizes and kinds of a sequence-to-sequence network. `type` names the architecture; the rest is read as that one needs it.
struct Shape {
  std::string type = "transformer";
  int vocabulary = 0;  // ids, `<pad>` included
  int d_model = 512;
  int d_feed_forward = 2048;
  int heads = 8;
  int encoder_layers = 6;
  int decoder_layers = 6;
  std::string activation = "relu";  // relu, gelu, silu (called swish by Marian), swiglu
  bool pre_norm = false;            // false: Add & Norm behind the sub-layer, as in the paper
  int max_positions = 512;          // longest sequence the position table is stored for
};

/// Throws Error naming `where` and the field when a value is out of range or does not divide (heads into d_model, even d_model).
void check(const Shape& shape, const std::string& where = "model shape");

/// Sizes by name: tiny, small, base, big (`transformer-base` and the like too). Throws UsageError listing the names.
Shape shape_of_size(const std::string& name);

}  // namespace mynah::model
