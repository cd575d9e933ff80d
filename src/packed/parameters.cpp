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
  StackReader(const Parameters& network, std::string name)
      : network_(network), d_model_(network.shape.d_model), features_(network.features()), name_(std::move(name)) {}

  SelfAttention self_attention(int layer) {
    const std::string name = part(layer, "self_attention");
    return {enter(name), matrix(name + ".projections", 3 * features_, d_model_), matrix(name + ".output", d_model_, features_)};
  }
  CrossAttention cross_attention(int layer) {
    const std::string name = part(layer, "cross_attention");
    return {enter(name), matrix(name + ".query", features_, d_model_), matrix(name + ".memory", 2 * features_, d_model_),
            matrix(name + ".output", d_model_, features_)};
  }
  FeedForward feed_forward(int layer) {
    const std::string name = part(layer, "feed_forward"), &activation = network_.shape.activation;
    const std::ptrdiff_t hidden = network_.shape.d_feed_forward;
    return {enter(name), matrix(name + ".inner", hidden, d_model_),
            activation == "swiglu" ? matrix(name + ".gate", hidden, d_model_) : Matrix{},
            matrix(name + ".outer", d_model_, hidden), activation_named(activation)};
  }
  Norm exit() const { return network_.shape.pre_norm ? norm(name_ + ".norm") : behind_; }

 private:
  std::string part(int layer, const char* what) const { return concat(name_, ".layers.", layer, ".", what); }
  Matrix matrix(const std::string& name, std::ptrdiff_t columns, std::ptrdiff_t depth) const {
    return checked_matrix(network_.arrays, name, network_.precision, columns, depth);
  }
  Norm norm(const std::string& name) const {
    const auto floats = [&](const char* end) {
      const model::Array& array = checked_vector(network_.arrays, name + end, model::DataType::float32, d_model_);
      return reinterpret_cast<const float*>(array.bytes.data());
    };
    return {floats(".weight"), floats(".bias")};
  }
  Norm enter(const std::string& name) {
    const Norm own = norm(name + "_norm");
    return network_.shape.pre_norm ? own : std::exchange(behind_, own);
  }

  const Parameters& network_;  // its shape and arrays
  std::ptrdiff_t d_model_, features_;
  std::string name_;
  Norm behind_;  // of the part handed out last
};

}  // namespace

Parameters parameters_of(const model::Shape& shape, model::Weights packed, Precision precision) {
  Parameters parameters;
  parameters.shape = shape;
  parameters.precision = precision;
  parameters.arrays = std::move(packed);
  parameters.d_head = padded_head(shape);
  parameters.embedding = checked_matrix(parameters.arrays, "embedding", precision, shape.vocabulary, shape.d_model);
  StackReader encoder(parameters, "encoder"), decoder(parameters, "decoder");
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

Parameters packed_parameters(const model::Shape& shape, const model::Weights& weights, Precision precision) {
  return parameters_of(shape, pack(shape, weights, precision), precision);
}

}  // namespace mynah::packed
