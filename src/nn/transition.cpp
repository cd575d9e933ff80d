#include "nn/transition.h"

#include "nn/dropout.h"

namespace mynah::nn {
namespace {
constexpr std::int64_t kInnerWidth = 3, kOuterWidth = 5;
}

SeparableConvolutionImpl::SeparableConvolutionImpl(std::int64_t inputs, std::int64_t outputs, std::int64_t width)
    : depthwise_(register_parameter("depthwise", torch::empty({inputs, width}))),
      pointwise_(register_module("pointwise", Linear(inputs, outputs))) {}

Tensor SeparableConvolutionImpl::forward(const Tensor& x, const Segments& sentences, bool causal) {
  const std::int64_t before = causal ? width() - 1 : width() / 2, behind = width() - 1 - before;
  const Tensor padded = at::constant_pad_nd(sentences.pad(x), {0, 0, before, behind});  // [batch, width − 1 + longest, inputs]
  return pointwise_(sentences.pack(slide(padded)));
}

Tensor SeparableConvolutionImpl::slide(const Tensor& x) const {
  const std::int64_t length = x.size(1) - width() + 1;
  Tensor sum = x.narrow(1, 0, length) * depthwise_.select(1, 0);
  for (std::int64_t place = 1; place < width(); ++place) {
    sum = at::addcmul(sum, x.narrow(1, place, length), depthwise_.select(1, place));
  }
  return sum;  // [batch, length, inputs]
}

TransitionImpl::TransitionImpl(const model::Shape& shape, bool causal) : causal_(causal) {
  if (shape.universal.transition == "feed-forward") {
    feed_forward_ =
        register_module("feed_forward", FeedForward(shape.d_model, shape.d_feed_forward, activation_named(shape.activation)));
  } else {
    inner_ = register_module("inner", SeparableConvolution(shape.d_model, shape.d_feed_forward, kInnerWidth));
    outer_ = register_module("outer", SeparableConvolution(shape.d_feed_forward, shape.d_model, kOuterWidth));
  }
}

Tensor TransitionImpl::forward(const Tensor& x, const Segments& sentences, DropoutPass& pass) {
  if (feed_forward_) return feed_forward_->forward(x, pass);
  const Tensor inner = relu_dropout(inner_->forward(x, sentences, causal_), pass.rates().feed_forward, pass.next_seed());
  return outer_->forward(inner, sentences, causal_);
}

TransitionImpl::Recent TransitionImpl::start(std::int64_t rows) const {
  if (feed_forward_) return {};
  return {inner_->start(rows), outer_->start(rows)};
}

Tensor TransitionImpl::step(const Tensor& x, const Tensor& counts, Recent& recent) {
  DropoutPass none;
  if (feed_forward_) return feed_forward_->forward(x, none);
  return outer_->step(recent.inner.extend(at::relu(inner_->step(recent.inputs.extend(x, counts))), counts));
}

}  // namespace mynah::nn
