#include "nn/rnn_decoder.h"

#include "nn/dropout.h"

namespace mynah::nn {

RnnRows RnnRows::first(std::int64_t rows) const {
  RnnRows some;
  for (const CellState& layer : layers) some.layers.push_back(with_rows(layer, rows));
  some.readout = with_rows(readout, rows);
  return some;
}

RnnDecoderImpl::RnnDecoderImpl(const model::Shape& shape)
    : feeds_readout_(shape.rnn.attention == "multiplicative"),
      skip_(shape.rnn.skip),
      layers_(register_module("layers", torch::nn::ModuleList())),
      start_(register_module("start", Linear(shape.rnn.width, shape.decoder_layers * shape.rnn.width))),
      readout_(register_module("readout", Linear(2 * shape.rnn.width, shape.d_model))),
      attention_(register_module("attention", RnnAttention(shape.rnn.attention, shape.rnn.width))) {
  const CellKind kind = cell_named(shape.rnn.decoder_cell);
  for (int number = 0; number < shape.decoder_layers; ++number) {
    const std::int64_t inputs = number == 0 ? shape.d_model : shape.rnn.width;
    layers_->push_back(RecurrentCell(kind, inputs, shape.rnn.width, shape.rnn.layer_norm));
  }
  const std::int64_t gates = cell(0).input()->weight().size(0);
  feed_ = register_parameter("feed", torch::empty({gates, feeds_readout_ ? shape.d_model : shape.rnn.width}));
}

RnnRows RnnDecoderImpl::start(const Tensor& mean) {
  RnnRows rows;
  const auto hidden = start_(mean).tanh().chunk(static_cast<std::int64_t>(layers_->size()), 1);
  for (std::size_t number = 0; number < layers_->size(); ++number) {
    rows.layers.push_back({hidden[number], cell(number).zeros(mean.size(0)).cell});
  }
  rows.readout = mean.new_zeros({mean.size(0), feeds_readout_ ? feed_.size(1) : 0});
  return rows;
}

Tensor RnnDecoderImpl::step(const Tensor& projected, RnnRows& rows, const Look& look, DropoutPass& pass) {
  Tensor context;
  if (!feeds_readout_) context = look(rows.layers.back().hidden);
  const Tensor fed = at::linear(feeds_readout_ ? rows.readout : context, feed_);
  const Tensor top = walk_up(projected + fed, rows.layers, pass);
  if (feeds_readout_) context = look(top);
  const Tensor readout = dropout(readout_(at::cat({top, context}, 1)).tanh(), pass.rates().residual, pass.next_seed());
  if (feeds_readout_) rows.readout = readout;
  return readout;
}

/// One step of all cells, from the first one's gates to what comes out at the top.
Tensor RnnDecoderImpl::walk_up(const Tensor& projected, std::vector<CellState>& layers, DropoutPass& pass) {
  layers[0] = cell(0).step(projected, layers[0]);
  Tensor x = layers[0].hidden;
  for (std::size_t number = 1; number < layers.size(); ++number) {
    const Tensor y = dropout(x, pass.rates().residual, pass.next_seed());
    layers[number] = cell(number).step(cell(number).project(y), layers[number]);
    x = skip_ ? x + layers[number].hidden : layers[number].hidden;
  }
  return x;
}

void RnnDecoderImpl::open_forget_gates() {
  for (std::size_t number = 0; number < layers_->size(); ++number) cell(number).open_forget_gates();
}

}  // namespace mynah::nn
