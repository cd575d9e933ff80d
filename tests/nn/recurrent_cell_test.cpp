#include "nn/recurrent_cell.h"

#include <torch/nn/modules/rnn.h>

#include "tiny_models.h"
#include "torch_layers.h"

namespace mynah::nn {
namespace {

/// Our weights in a cell of LibTorch's.
template <class Cell>
void copy_into(const RecurrentCell& ours, Cell& theirs) {
  const at::NoGradGuard no_gradient;
  const std::vector<Tensor> weights = ours->parameters_for_fused();
  theirs->weight_ih.copy_(weights[0]);
  theirs->weight_hh.copy_(weights[1]);
  theirs->bias_ih.copy_(weights[2]);
  theirs->bias_hh.copy_(weights[3]);
}

RecurrentCell drawn(CellKind kind, bool layer_norm = false) {
  RecurrentCell cell(kind, 5, 7, layer_norm);
  draw_weights(*cell);
  return cell;
}

TEST(RecurrentCell, LstmEqualsLibTorchs) {
  const RecurrentCell ours = drawn(CellKind::lstm);
  torch::nn::LSTMCell theirs(5, 7);
  copy_into(ours, theirs);
  CellState state{at::randn({3, 7}), at::randn({3, 7})};
  std::tuple<Tensor, Tensor> expected{state.hidden, state.cell};
  for (int step = 0; step < 3; ++step) {
    const Tensor x = at::randn({3, 5});
    state = RecurrentCell(ours)->step(RecurrentCell(ours)->project(x), state);
    expected = theirs(x, expected);
    expect_close(state.hidden, std::get<0>(expected));
    expect_close(state.cell, std::get<1>(expected));
  }
}

TEST(RecurrentCell, GruEqualsLibTorchs) {
  RecurrentCell ours = drawn(CellKind::gru);
  torch::nn::GRUCell theirs(5, 7);
  copy_into(ours, theirs);
  CellState state{at::randn({3, 7}), at::zeros({3, 0})};
  Tensor expected = state.hidden;
  for (int step = 0; step < 3; ++step) {
    const Tensor x = at::randn({3, 5});
    state = ours->step(ours->project(x), state);
    expected = theirs(x, expected);
    expect_close(state.hidden, expected);
  }
  EXPECT_EQ(state.cell.sizes(), (std::vector<std::int64_t>{3, 0}));
}

TEST(RecurrentCell, NormalisedGatesDoNotKnowTheScaleOfTheirMaps) {
  for (const CellKind kind : {CellKind::lstm, CellKind::gru}) {
    const at::NoGradGuard no_gradient;
    RecurrentCell cell = drawn(kind, true);
    CellState state = cell->zeros(3);
    state.hidden = at::randn({3, 7});
    const Tensor projected = cell->project(at::randn({3, 5}));
    expect_close(cell->step(projected, state).hidden, cell->step(projected * 1000, state).hidden, 1e-4);
  }
}

TEST(RecurrentCell, RowsAreCutOrFilledUp) {
  const Tensor x = at::arange(6, at::kFloat).view({3, 2});
  EXPECT_TRUE(at::equal(with_rows(x, 2), x.narrow(0, 0, 2)));
  EXPECT_TRUE(at::equal(with_rows(x, 3), x));
  const CellState more = with_rows(CellState{x, at::zeros({3, 0})}, 5);
  EXPECT_TRUE(at::equal(more.hidden, at::cat({x, at::zeros({2, 2})})));
  EXPECT_EQ(more.cell.sizes(), (std::vector<std::int64_t>{5, 0}));
}

}  // namespace
}  // namespace mynah::nn
