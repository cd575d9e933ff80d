// A packed Transformer as decoding walks through it: views of the packed arrays, in order.
#pragma once
#include <vector>

#include "model/shape.h"
#include "model/weights.h"
#include "packed/kernels.h"

namespace mynah::packed {

/// Scale and shift of a layer normalisation; null where there is none.
struct Norm {
  const float *scale = nullptr, *shift = nullptr;
};

// Every part has as `entry` the norm that the stream passes on its way in: its own in pre-norm, that of the part before it in
// post-norm, where the first has none.

struct SelfAttention {
  Norm entry;
  Matrix projections;  // queries, keys, values
  Matrix output;
};

struct CrossAttention {
  Norm entry;
  Matrix query;
  Matrix memory;  // keys, values
  Matrix output;
};

struct FeedForward {
  Norm entry;
  Matrix inner, gate, outer;  // the gate without columns where there is none
  Finish activation = Finish::relu;
};

struct EncoderLayer {
  SelfAttention self_attention;
  FeedForward feed_forward;
};

struct DecoderLayer {
  SelfAttention self_attention;
  CrossAttention cross_attention;
  FeedForward feed_forward;
};

/// A network's matrices. `exit` norms stand behind the last part of a stack.
struct Parameters {
  model::Shape shape;
  Precision precision = Precision::float32;
  std::ptrdiff_t d_head = 0;  // padded
  Matrix embedding;           // [d_model, vocabulary]: embeds tokens and makes logits
  std::vector<EncoderLayer> encoder;
  std::vector<DecoderLayer> decoder;
  Norm encoder_exit, decoder_exit;
  model::Weights arrays;  // keeps alive what the matrices view

  /// Features of all heads together, padded.
  std::ptrdiff_t features() const { return shape.heads * d_head; }
  /// What keys and values are kept in: the kernels' index.
  std::size_t kept_as() const { return precision == Precision::float32 ? 0 : 1; }
  std::ptrdiff_t kept_bytes() const { return precision == Precision::float32 ? 4 : 2; }
};

/// `length` rounded up to kLengthUnit, as memories need room.
constexpr std::ptrdiff_t padded_length(std::ptrdiff_t length) { return (length + kLengthUnit - 1) / kLengthUnit * kLengthUnit; }

/// Views of what pack() made for this shape and precision. Throws Error naming the array where they are not.
Parameters parameters_of(const model::Shape& shape, model::Weights packed, Precision precision);

/// pack() and its views.
Parameters packed_parameters(const model::Shape& shape, const model::Weights& weights, Precision precision);

}  // namespace mynah::packed
