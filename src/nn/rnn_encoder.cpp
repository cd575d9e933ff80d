#include "nn/rnn_encoder.h"

#include <algorithm>

#include "nn/dropout.h"

namespace mynah::nn {

RecurrentLayerImpl::RecurrentLayerImpl(const model::RecurrentShape& shape, std::int64_t inputs, bool bidirectional)
    : layer_norm_(shape.layer_norm) {
  const std::int64_t width = bidirectional ? shape.width / 2 : shape.width;
  const CellKind kind = cell_named(shape.encoder_cell);
  forwards_ = register_module("forwards", RecurrentCell(kind, inputs, width, layer_norm_));
  if (bidirectional) backwards_ = register_module("backwards", RecurrentCell(kind, inputs, width, layer_norm_));
}

Tensor RecurrentLayerImpl::forward(const Tensor& x, const TimeOrder& order) {
  if (!layer_norm_ && !x.is_cpu()) return fused(x, order);
  const Tensor right = walk(forwards_, x, order, false);
  return backwards_ ? at::cat({right, walk(backwards_, x, order, true)}, 1) : right;
}

/// Their dropout, which they would draw from a global generator, stays off.
Tensor RecurrentLayerImpl::fused(const Tensor& x, const TimeOrder& order) {
  std::vector<Tensor> parameters = forwards_->parameters_for_fused();
  if (backwards_) std::ranges::copy(backwards_->parameters_for_fused(), std::back_inserter(parameters));
  const bool both = !backwards_.is_empty();
  const Tensor nothing = at::zeros({both ? 2 : 1, order.rows_at(0), parameters[1].size(1)}, x.options().requires_grad(false));
  if (forwards_->kind() == CellKind::gru) {
    return std::get<0>(at::gru(x, order.rows(), nothing, parameters, true, 1, 0, false, both));
  }
  return std::get<0>(at::lstm(x, order.rows(), {nothing, nothing}, parameters, true, 1, 0, false, both));
}

Tensor RecurrentLayerImpl::walk(RecurrentCell cell, const Tensor& x, const TimeOrder& order, bool backwards) {
  const std::vector<Tensor> projected = order.split(cell->project(x));
  std::vector<Tensor> outputs(order.times());
  CellState state = cell->zeros(backwards ? order.rows_at(order.times() - 1) : order.rows_at(0));
  for (std::size_t step = 0; step < outputs.size(); ++step) {
    const std::size_t time = backwards ? outputs.size() - 1 - step : step;
    state = cell->step(projected[time], with_rows(state, order.rows_at(time)));
    outputs[time] = state.hidden;
  }
  return at::cat(outputs);
}

void RecurrentLayerImpl::open_forget_gates() {
  forwards_->open_forget_gates();
  if (backwards_) backwards_->open_forget_gates();
}

RnnEncoderImpl::RnnEncoderImpl(const model::Shape& shape)
    : skip_(shape.rnn.skip), layers_(register_module("layers", torch::nn::ModuleList())) {
  for (int number = 0; number < shape.encoder_layers; ++number) {
    const bool bidirectional = number == 0 || shape.rnn.encoder_type == "bidirectional";
    layers_->push_back(RecurrentLayer(shape.rnn, number == 0 ? shape.d_model : shape.rnn.width, bidirectional));
  }
}

Tensor RnnEncoderImpl::forward(const Tensor& embedded, const Segments& sentences, DropoutPass& pass) {
  const TimeOrder order(sentences, embedded.device());
  Tensor x = order.arrange(embedded);
  bool first = true;
  for (const auto& layer : *layers_) {
    const Tensor y = layer->as<RecurrentLayer>()->forward(dropout(x, pass.rates().residual, pass.next_seed()), order);
    x = skip_ && !first ? x + y : y;
    first = false;
  }
  return order.restore(x);
}

void RnnEncoderImpl::open_forget_gates() {
  for (const auto& layer : *layers_) layer->as<RecurrentLayer>()->open_forget_gates();
}

}  // namespace mynah::nn
