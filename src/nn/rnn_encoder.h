// The recurrent encoder: layers that read the source forwards, and backwards too.
#pragma once
#include "model/shape.h"
#include "nn/dropout_pass.h"
#include "nn/recurrent_cell.h"
#include "nn/time_order.h"

namespace mynah::nn {

/// One direction, or two of half the width whose outputs stand side by side (Schuster and Paliwal 1997).
class RecurrentLayerImpl : public torch::nn::Module {
 public:
  RecurrentLayerImpl(const model::RecurrentShape& shape, std::int64_t inputs, bool bidirectional);

  /// x [tokens, inputs] in the order of times → [tokens, width]
  Tensor forward(const Tensor& x, const TimeOrder& order);
  /// The same by LibTorch's own layers, which serve accelerators best and know no layer normalisation.
  Tensor fused(const Tensor& x, const TimeOrder& order);
  void open_forget_gates();

 private:
  Tensor walk(RecurrentCell cell, const Tensor& x, const TimeOrder& order, bool backwards);

  bool layer_norm_;
  RecurrentCell forwards_{nullptr}, backwards_{nullptr};
};
TORCH_MODULE(RecurrentLayer);

class RnnEncoderImpl : public torch::nn::Module {
 public:
  explicit RnnEncoderImpl(const model::Shape& shape);

  /// Embedded source [source tokens, d_model] → [source tokens, width]
  Tensor forward(const Tensor& x, const Segments& sentences, DropoutPass& pass);
  void open_forget_gates();

 private:
  bool skip_;
  torch::nn::ModuleList layers_;
};
TORCH_MODULE(RnnEncoder);

}  // namespace mynah::nn
