#include "nn/cnn_decoder.h"

#include "nn/dropout.h"

namespace mynah::nn {

CnnDecoderImpl::LayerImpl::LayerImpl(const model::Shape& shape)
    : convolution(
          register_module("convolution", NormalizedLinear(shape.cnn.kernel_width * shape.cnn.channels, 2 * shape.cnn.channels))),
      query(register_module("query", NormalizedLinear(shape.cnn.channels, shape.d_model))),
      answer(register_module("answer", NormalizedLinear(shape.d_model, shape.cnn.channels))) {}

CnnDecoderImpl::CnnDecoderImpl(const model::Shape& shape)
    : positions_(register_module("positions", LearnedPositions(shape.max_positions, shape.d_model))),
      input_(register_module("input", NormalizedLinear(shape.d_model, shape.cnn.channels))),
      output_(register_module("output", NormalizedLinear(shape.cnn.channels, shape.d_model))),
      layers_(register_module("layers", torch::nn::ModuleList())) {
  for (int number = 0; number < shape.decoder_layers; ++number) layers_->push_back(Layer(shape));
}

CnnDecoderMaps CnnDecoderImpl::maps() const {
  CnnDecoderMaps maps{input_->map(), output_->map(), {}};
  for (const auto& module : *layers_) {
    const auto& layer = *module->as<Layer>();
    maps.layers.push_back({layer.convolution->map(), layer.query->map(), layer.answer->map()});
  }
  return maps;
}

Tensor CnnDecoderImpl::forward(const Tensor& embedded, const Tensor& positions, const CnnDecoderMaps& maps,
                               const Surroundings& around, DropoutPass& pass) {
  const auto drop = [&](const Tensor& x) { return dropout(x, pass.rates().residual, pass.next_seed()); };
  const Tensor placed = drop(embedded + positions_(positions));
  Tensor x = maps.input(placed);  // [tokens, channels]
  for (std::size_t number = 0; number < maps.layers.size(); ++number) {
    const CnnDecoderMaps::Layer& layer = maps.layers[number];
    const Tensor y = at::glu(layer.convolution(around.window(number, drop(x))), 1);
    const Tensor found = around.look(number, halved_sum(layer.query(y), placed));
    x = halved_sum(x, halved_sum(y, layer.answer(found)));
  }
  return drop(maps.output(x));
}

void CnnDecoderImpl::draw(double kept, const at::Generator& generator) {
  positions_->draw(generator);
  input_->draw(kept, generator);
  for (const auto& module : *layers_) {
    auto& layer = *module->as<Layer>();
    layer.convolution->draw(4 * kept, generator);
    layer.query->draw(1, generator);
    layer.answer->draw(1, generator);
  }
  output_->draw(1, generator);
}

}  // namespace mynah::nn
