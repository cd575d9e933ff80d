#include "nn/recurrent_cell.h"

#include "base/error.h"

namespace mynah::nn {
namespace {

std::int64_t gates_of(CellKind kind) { return kind == CellKind::lstm ? 4 : 3; }

}  // namespace

Tensor with_rows(const Tensor& x, std::int64_t rows) {
  if (x.size(0) == rows) return x;
  return x.size(0) > rows ? x.narrow(0, 0, rows) : at::cat({x, x.new_zeros({rows - x.size(0), x.size(1)})});
}

CellState with_rows(const CellState& state, std::int64_t rows) {
  return {with_rows(state.hidden, rows), with_rows(state.cell, rows)};
}

CellKind cell_named(const std::string& name) {
  ensure(name == "lstm" || name == "gru", "a shape's cells have been checked");
  return name == "lstm" ? CellKind::lstm : CellKind::gru;
}

RecurrentCellImpl::RecurrentCellImpl(CellKind kind, std::int64_t inputs, std::int64_t width, bool layer_norm)
    : kind_(kind),
      width_(width),
      input_(register_module("input", Linear(inputs, gates_of(kind) * width))),
      hidden_(register_module("hidden", Linear(width, gates_of(kind) * width))) {
  if (!layer_norm) return;
  input_norm_ = register_module("input_norm", LayerNorm(gates_of(kind) * width));
  hidden_norm_ = register_module("hidden_norm", LayerNorm(gates_of(kind) * width));
  if (kind == CellKind::lstm) cell_norm_ = register_module("cell_norm", LayerNorm(width));
}

CellState RecurrentCellImpl::step(const Tensor& projected, const CellState& before) {
  const Tensor from_hidden = hidden_(before.hidden);
  const Tensor &x = input_norm_ ? input_norm_(projected) : projected, &h = hidden_norm_ ? hidden_norm_(from_hidden) : from_hidden;
  return kind_ == CellKind::lstm ? lstm_step(x, h, before) : gru_step(x, h, before);
}

CellState RecurrentCellImpl::lstm_step(const Tensor& from_input, const Tensor& from_hidden, const CellState& before) {
  const auto gates = (from_input + from_hidden).chunk(4, 1);  // input, forget, candidate, output
  const Tensor cell = gates[1].sigmoid() * before.cell + gates[0].sigmoid() * gates[2].tanh();
  return {gates[3].sigmoid() * (cell_norm_ ? cell_norm_(cell) : cell).tanh(), cell};
}

CellState RecurrentCellImpl::gru_step(const Tensor& from_input, const Tensor& from_hidden, const CellState& before) {
  const auto x = from_input.chunk(3, 1), h = from_hidden.chunk(3, 1);  // reset, update, candidate
  const Tensor reset = (x[0] + h[0]).sigmoid(), update = (x[1] + h[1]).sigmoid();
  const Tensor candidate = (x[2] + reset * h[2]).tanh();
  return {candidate + update * (before.hidden - candidate), before.cell};
}

CellState RecurrentCellImpl::zeros(std::int64_t rows) const {
  const auto options = hidden_->weight().options().requires_grad(false);
  return {at::zeros({rows, width_}, options), at::zeros({rows, kind_ == CellKind::lstm ? width_ : 0}, options)};
}

void RecurrentCellImpl::open_forget_gates() {
  if (kind_ == CellKind::lstm) Tensor(input_->bias()).narrow(0, width_, width_).fill_(1);
}

std::vector<Tensor> RecurrentCellImpl::parameters_for_fused() const {
  return {input_->weight(), hidden_->weight(), input_->bias(), hidden_->bias()};
}

}  // namespace mynah::nn
