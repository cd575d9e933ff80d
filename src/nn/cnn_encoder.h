// The convolutional encoder (Gehring et al. 2017).
#pragma once
#include "nn/cnn_parts.h"

namespace mynah::nn {

class CnnEncoderImpl : public torch::nn::Module {
 public:
  explicit CnnEncoderImpl(const model::Shape& shape);

  /// Embedded source [source tokens, d_model] → keys and values of the decoder's attention, side by side:
  /// [source tokens, 2 · d_model]
  Tensor forward(const Tensor& embedded, const Segments& sentences, DropoutPass& pass);
  /// `kept` is the share that dropout leaves.
  void draw(double kept, const at::Generator& generator);

 private:
  std::int64_t kernel_width_;
  LearnedPositions positions_;
  NormalizedLinear input_, output_;
  torch::nn::ModuleList convolutions_;
};
TORCH_MODULE(CnnEncoder);

}  // namespace mynah::nn
