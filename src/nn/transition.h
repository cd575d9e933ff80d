// The transition of a universal transformer's block (Dehghani et al. 2019): what follows attention in every step.
#pragma once
#include "model/shape.h"
#include "nn/feed_forward.h"
#include "nn/recent_inputs.h"
#include "nn/segments.h"

namespace mynah::nn {

/// A convolution over neighbours feature by feature, then a linear map (Chollet 2017).
class SeparableConvolutionImpl : public torch::nn::Module {
 public:
  SeparableConvolutionImpl(std::int64_t inputs, std::int64_t outputs, std::int64_t width);

  /// Whole sentences, [tokens, inputs] → [tokens, outputs]; a place sees width − 1 before it if `causal`, else half on each side.
  Tensor forward(const Tensor& x, const Segments& sentences, bool causal);
  /// x [rows, width − 1 + count, inputs], the first of them read before → [rows, count, outputs]
  Tensor step(const Tensor& x) { return pointwise_(slide(x)); }
  /// Nothing read yet by these rows.
  RecentInputs start(std::int64_t rows) const { return {rows, width() - 1, depthwise_.size(0), depthwise_}; }

 private:
  std::int64_t width() const { return depthwise_.size(1); }
  Tensor slide(const Tensor& x) const;

  Tensor depthwise_;  // [inputs, width]
  Linear pointwise_;
};
TORCH_MODULE(SeparableConvolution);

/// A feed-forward network, or two separable convolutions (3 and 5 wide) with a ReLU between them.
class TransitionImpl : public torch::nn::Module {
 public:
  TransitionImpl(const model::Shape& shape, bool causal);

  /// x [tokens, d_model] → the same
  Tensor forward(const Tensor& x, const Segments& sentences, DropoutPass& pass);

  /// What cached steps remember of one recurrent step; nothing for feed-forward networks.
  struct Recent {
    RecentInputs inputs, inner;
  };
  Recent start(std::int64_t rows) const;
  /// Feeds each row `count` positions of which `counts` [rows] (CPU) are no padding: x [rows, count, d_model] → the same.
  Tensor step(const Tensor& x, const Tensor& counts, Recent& recent);
  /// True when positions read from others here too, so that halted ones have to go on showing what they would read.
  bool sees_neighbours() const { return !feed_forward_; }

 private:
  bool causal_;
  FeedForward feed_forward_{nullptr};
  SeparableConvolution inner_{nullptr}, outer_{nullptr};
};
TORCH_MODULE(Transition);

}  // namespace mynah::nn
