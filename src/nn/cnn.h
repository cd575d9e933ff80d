// The convolutional network with attention in every decoder layer (Gehring et al. 2017).
#pragma once
#include "nn/cnn_decoder.h"
#include "nn/cnn_encoder.h"
#include "nn/tied_model.h"

namespace mynah::nn {

/// Parameters come uninitialised: build() draws or loads them. The paper divides the encoder's gradients by the number of looks
/// at it; Adam would undo that, so they stay as they are.
class Cnn final : public TiedModel {
 public:
  Cnn(const model::Shape& shape, const Dropout& dropout);

  /// As in the paper, section 3.5: tables from N(0, 0.1²), maps so that the spread of what goes through them stays.
  void initialise(const at::Generator& generator) override;

 protected:
  void encode_source(const Tensor& ids, Encoded& memory, DropoutPass& pass) override;
  Tensor decode_target(const Tensor& inputs, const Segments& targets, const Encoded& memory, DropoutPass& pass,
                       Tensor* attention) override;
  std::unique_ptr<RowState> start_rows(const Encoded& memory) override;
  Tensor advance_rows(RowState& state, const Tensor& tokens) override;

 private:
  model::ConvolutionalShape shape_;
  CnnEncoder encoder_;
  CnnDecoder decoder_;
};

}  // namespace mynah::nn
