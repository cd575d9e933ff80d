// One step of a recurrent layer.
#pragma once
#include <string>

#include "nn/linear.h"
#include "nn/residual.h"
#include "nn/tensor.h"

namespace mynah::nn {

enum class CellKind { lstm, gru };

/// By the name a Shape carries, which has passed check().
CellKind cell_named(const std::string& name);

/// What a layer hands from one token to the next.
struct CellState {
  Tensor hidden;  // [rows, width]
  Tensor cell;    // [rows, width]; [rows, 0] for a GRU
};

/// The first rows of x [rows, features], or all there are and zeros behind them.
Tensor with_rows(const Tensor& x, std::int64_t rows);
CellState with_rows(const CellState& state, std::int64_t rows);

/// Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates) or a gated recurrent unit (Cho et al. 2014), in
/// the form and order of gates of LibTorch's; with layer normalisation of both maps and of the LSTM's cell, if wished (Ba et al.
/// 2016).
class RecurrentCellImpl : public torch::nn::Module {
 public:
  RecurrentCellImpl(CellKind kind, std::int64_t inputs, std::int64_t width, bool layer_norm);

  /// What the inputs do to the gates, ready for all steps at once: [..., inputs] → [..., gates · width]
  Tensor project(const Tensor& x) { return input_(x); }
  /// projected [rows, gates · width]
  CellState step(const Tensor& projected, const CellState& before);
  /// Nothing remembered.
  CellState zeros(std::int64_t rows) const;

  /// Forget gates begin open (Jozefowicz et al. 2015).
  void open_forget_gates();

  CellKind kind() const { return kind_; }
  const Linear& input() const { return input_; }
  /// As LibTorch's fused layers take them; only without layer normalisation.
  std::vector<Tensor> parameters_for_fused() const;

 private:
  CellState lstm_step(const Tensor& from_input, const Tensor& from_hidden, const CellState& before);
  CellState gru_step(const Tensor& from_input, const Tensor& from_hidden, const CellState& before);

  CellKind kind_;
  std::int64_t width_;
  Linear input_, hidden_;
  LayerNorm input_norm_{nullptr}, hidden_norm_{nullptr}, cell_norm_{nullptr};
};
TORCH_MODULE(RecurrentCell);

}  // namespace mynah::nn
