// The recurrent decoder: stacked cells, attention on the source, and what was read off it fed back in.
#pragma once
#include <functional>
#include <vector>

#include "model/shape.h"
#include "nn/dropout_pass.h"
#include "nn/recurrent_cell.h"
#include "nn/rnn_attention.h"

namespace mynah::nn {

/// What rows remember between tokens.
struct RnnRows {
  std::vector<CellState> layers;
  Tensor readout;  // [rows, d_model], of the token before; [rows, 0] without input feeding

  RnnRows first(std::int64_t rows) const;
};

/// With additive attention the state before a token asks, and the cells read what it finds (Bahdanau et al. 2015). With
/// multiplicative attention the state behind the token asks, and the cells read the readout before (input feeding, Luong et al.
/// 2015). Without attention the cells read the mean of the source. The readout, tanh of a map of state and context, is what the
/// table makes logits of.
class RnnDecoderImpl : public torch::nn::Module {
 public:
  explicit RnnDecoderImpl(const model::Shape& shape);

  /// Looks at the source: queries [rows, width] → contexts [rows, width]
  using Look = std::function<Tensor(const Tensor& queries)>;

  /// Hidden states begin as a map of the source's mean [rows, width] (Sennrich et al. 2017), cells empty.
  RnnRows start(const Tensor& mean);
  /// What embeddings do to the first cell's gates, ready for all tokens at once: [..., d_model] → [..., gates · width]
  Tensor project(const Tensor& embedded) { return cell(0).project(embedded); }
  /// One token: projected [rows, gates · width] → readout [rows, d_model]
  Tensor step(const Tensor& projected, RnnRows& rows, const Look& look, DropoutPass& pass);

  RnnAttention& attention() { return attention_; }
  void open_forget_gates();

 private:
  RecurrentCellImpl& cell(std::size_t number) { return *layers_[number]->as<RecurrentCell>(); }
  Tensor walk_up(const Tensor& projected, std::vector<CellState>& layers, DropoutPass& pass);

  bool feeds_readout_, skip_;
  torch::nn::ModuleList layers_;
  Linear start_, readout_;
  RnnAttention attention_;
  Tensor feed_;  // [gates · width, width or d_model]: what context or readout do to the first cell's gates
};
TORCH_MODULE(RnnDecoder);

}  // namespace mynah::nn
