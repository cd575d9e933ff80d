#include "packed/parameters.h"

#include <string>
#include <utility>

#include "base/error.h"
#include "packed/packing.h"

namespace mynah::packed {
namespace {

Finish activation_named(const std::string& name) {
  if (name == "gelu") return Finish::gelu;
  return name == "relu" ? Finish::relu : Finish::silu;  // SwiGLU's gate passes through SiLU
}

/// Hands out the parts of one stack in order, and with each the norm that it is entered by.
class StackReader {
 public:
  StackReader(const model::Shape& shape, const model::Weights& packed, std::string name)
      : shape_(shape), packed_(packed), name_(std::move(name)) {}

  SelfAttention self_attention(int layer) {
    const std::string name = part(layer, "self_attention");
    return {enter(name), matrix(name + ".projections"), matrix(name + ".output")};
  }
  CrossAttention cross_attention(int layer) {
    const std::string name = part(layer, "cross_attention");
    return {enter(name), matrix(name + ".query"), matrix(name + ".memory"), matrix(name + ".output")};
  }
  FeedForward feed_forward(int layer) {
    const std::string name = part(layer, "feed_forward");
    const bool gated = shape_.activation == "swiglu";
    return {enter(name), matrix(name + ".inner"), gated ? matrix(name + ".gate") : Matrix{}, matrix(name + ".outer"),
            activation_named(shape_.activation)};
  }
  Norm exit() const { return shape_.pre_norm ? norm(name_ + ".norm") : behind_; }

 private:
  std::string part(int layer, const char* what) const { return concat(name_, ".layers.", layer, ".", what); }
  Matrix matrix(const std::string& name) const { return matrix_named(packed_, name); }
  Norm norm(const std::string& name) const {
    const auto floats = [&](const char* end) { return reinterpret_cast<const float*>(packed_.at(name + end).bytes.data()); };
    return {floats(".weight"), floats(".bias")};
  }
  Norm enter(const std::string& name) {
    const Norm own = norm(name + "_norm");
    return shape_.pre_norm ? own : std::exchange(behind_, own);
  }

  const model::Shape& shape_;
  const model::Weights& packed_;
  std::string name_;
  Norm behind_;  // of the part handed out last
};

}  // namespace

Parameters parameters_of(const model::Shape& shape, model::Weights packed) {
  Parameters parameters;
  parameters.shape = shape;
  parameters.arrays = std::move(packed);
  parameters.d_head = padded_head(shape);
  parameters.embedding = matrix_named(parameters.arrays, "embedding");
  parameters.precision = parameters.embedding.precision;
  StackReader encoder(shape, parameters.arrays, "encoder"), decoder(shape, parameters.arrays, "decoder");
  for (int layer = 0; layer < shape.encoder_layers; ++layer) {
    parameters.encoder.push_back({encoder.self_attention(layer), encoder.feed_forward(layer)});
  }
  for (int layer = 0; layer < shape.decoder_layers; ++layer) {
    parameters.decoder.push_back({decoder.self_attention(layer), decoder.cross_attention(layer), decoder.feed_forward(layer)});
  }
  parameters.encoder_exit = encoder.exit();
  parameters.decoder_exit = decoder.exit();
  return parameters;
}

}  // namespace mynah::packed
