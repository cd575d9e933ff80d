// The recurrent network with attention (Bahdanau et al. 2015, Luong et al. 2015).
#pragma once
#include "nn/rnn_decoder.h"
#include "nn/rnn_encoder.h"
#include "nn/tied_model.h"

namespace mynah::nn {

/// Parameters come uninitialised: build() draws or loads them.
class Rnn final : public TiedModel {
 public:
  Rnn(const model::Shape& shape, const Dropout& dropout);

  /// As all are, but for the forget gates.
  void initialise(const at::Generator& generator) override;

 protected:
  void encode_source(const Tensor& ids, Encoded& memory, DropoutPass& pass) override;
  Tensor decode_target(const Tensor& inputs, const Segments& targets, const Encoded& memory, DropoutPass& pass,
                       Tensor* attention) override;
  std::unique_ptr<RowState> start_rows(const Encoded& memory) override;
  Tensor advance_rows(RowState& state, const Tensor& tokens) override;

 private:
  RnnEncoder encoder_;
  RnnDecoder decoder_;
};

}  // namespace mynah::nn
