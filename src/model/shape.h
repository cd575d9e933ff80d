// What a network is made of, as its file says it. Training options (dropout and the like) live in `training`.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace mynah::model {

/// What `rnn` has of its own.
struct RecurrentShape {
  int width = 1024;                            // of states; each direction of a bidirectional layer has half of it
  std::string encoder_cell = "lstm";           // lstm, gru
  std::string decoder_cell = "lstm";           // lstm, gru
  std::string encoder_type = "bidirectional";  // in every layer; bi-unidirectional: in the first one only (Wu et al. 2016)
  std::string attention = "multiplicative";    // with input feeding (Luong et al. 2015), additive (Bahdanau et al. 2015), none
  bool layer_norm = false;                     // inside the cells (Ba et al. 2016)
  bool skip = false;                           // residual connections around all layers but the first of each stack
};

/// What `cnn` has of its own.
struct ConvolutionalShape {
  int channels = 512;    // of all convolutions
  int kernel_width = 3;  // tokens that one sees, odd
};

/// What `universal` has of its own; its layers are how often the one block of each side is applied.
struct UniversalShape {
  bool halting = false;                     // positions halt by themselves, after so many steps at the latest
  std::string transition = "feed-forward";  // or separable-convolution
};

/// The sizes and kinds of a sequence-to-sequence network. `type` names the architecture; beside what all have, each reads its
/// own.
struct Shape {
  std::string type = "transformer";
  int vocabulary = 0;  // ids, `<pad>` included
  int d_model = 512;   // width of the embeddings
  int d_feed_forward = 2048;
  int heads = 8;
  int encoder_layers = 6;
  int decoder_layers = 6;
  std::string activation = "relu";  // relu, gelu, silu (called swish by Marian), swiglu
  bool pre_norm = false;            // false: Add & Norm behind the sub-layer, as in the paper
  int max_positions = 512;          // longest sequence the position table is stored for
  RecurrentShape rnn{};
  ConvolutionalShape cnn{};
  UniversalShape universal{};
};

enum class Size { tiny, small, base, big };

/// Throws Error naming `where` and the field when a value is out of range or does not divide (heads into d_model, even d_model);
/// for an unknown architecture, naming those that are known.
void check(const Shape& shape, const std::string& where = "model shape");

/// An architecture's sizes by name: tiny, small, base, big (`transformer-base` and the like too). Throws UsageError listing the
/// sizes, Error listing the architectures.
Shape shape_of_size(const std::string& name, const std::string& type = "transformer");

/// Every spelling of a type that canonical_type() takes to one that this build knows.
std::vector<std::string> known_types();

/// Shape::type for another toolkit's spelling of it (Marian calls `rnn` s2s); other names come back unchanged.
std::string canonical_type(const std::string& name);

}  // namespace mynah::model
