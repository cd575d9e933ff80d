// The convolutional decoder (Gehring et al. 2017): causal convolutions, each with its own look at the source.
#pragma once
#include <functional>
#include <vector>

#include "nn/cnn_parts.h"

namespace mynah::nn {

/// The decoder's maps as they are applied, their weights put together: made once for a pass or for many steps.
struct CnnDecoderMaps {
  struct Layer {
    LinearMap convolution, query, answer;
  };
  LinearMap input, output;
  std::vector<Layer> layers;
};

class CnnDecoderImpl : public torch::nn::Module {
 public:
  explicit CnnDecoderImpl(const model::Shape& shape);

  /// What a layer needs of the world around the tokens x it works on: what its convolution sees of its inputs [tokens, channels],
  /// side by side → [tokens, kernel_width · channels]; and what its attention finds for queries [tokens, d_model] → the same.
  struct Surroundings {
    std::function<Tensor(std::size_t layer, const Tensor& x)> window;
    std::function<Tensor(std::size_t layer, const Tensor& queries)> look;
  };

  CnnDecoderMaps maps() const;
  /// Embedded decoder input and its positions → states that the table makes logits of, both [tokens, d_model].
  Tensor forward(const Tensor& embedded, const Tensor& positions, const CnnDecoderMaps& maps, const Surroundings& around,
                 DropoutPass& pass);
  /// `kept` is the share that dropout leaves.
  void draw(double kept, const at::Generator& generator);

 private:
  struct LayerImpl : torch::nn::Module {
    explicit LayerImpl(const model::Shape& shape);
    NormalizedLinear convolution, query, answer;
  };
  TORCH_MODULE(Layer);

  LearnedPositions positions_;
  NormalizedLinear input_, output_;
  torch::nn::ModuleList layers_;
};
TORCH_MODULE(CnnDecoder);

}  // namespace mynah::nn
