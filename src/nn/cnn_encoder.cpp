#include "nn/cnn_encoder.h"

#include "nn/dropout.h"

namespace mynah::nn {

CnnEncoderImpl::CnnEncoderImpl(const model::Shape& shape)
    : kernel_width_(shape.cnn.kernel_width),
      positions_(register_module("positions", LearnedPositions(shape.max_positions, shape.d_model))),
      input_(register_module("input", NormalizedLinear(shape.d_model, shape.cnn.channels))),
      output_(register_module("output", NormalizedLinear(shape.cnn.channels, shape.d_model))),
      convolutions_(register_module("convolutions", torch::nn::ModuleList())) {
  for (int layer = 0; layer < shape.encoder_layers; ++layer) {
    convolutions_->push_back(NormalizedLinear(kernel_width_ * shape.cnn.channels, 2 * shape.cnn.channels));
  }
}

Tensor CnnEncoderImpl::forward(const Tensor& embedded, const Segments& sentences, DropoutPass& pass) {
  const auto drop = [&](const Tensor& x) { return dropout(x, pass.rates().residual, pass.next_seed()); };
  const RowMap seen = windows(sentences, kernel_width_, kernel_width_ / 2, embedded.device());
  const Tensor placed = drop(embedded + positions_(sentences.positions()));
  Tensor x = input_->map()(placed);  // [source tokens, channels]
  for (const auto& convolution : *convolutions_) {
    const Tensor window = seen(drop(x)).view({x.size(0), -1});
    x = halved_sum(x, at::glu(convolution->as<NormalizedLinear>()->map()(window), 1));
  }
  const Tensor keys = output_->map()(x);
  return at::cat({keys, halved_sum(keys, placed)}, 1);
}

void CnnEncoderImpl::draw(double kept, const at::Generator& generator) {
  positions_->draw(generator);
  input_->draw(kept, generator);
  for (const auto& convolution : *convolutions_) convolution->as<NormalizedLinear>()->draw(4 * kept, generator);
  output_->draw(1, generator);
}

}  // namespace mynah::nn
