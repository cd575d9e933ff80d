#include "nn/decoder.h"

namespace mynah::nn {

DecoderLayerImpl::DecoderLayerImpl(const model::Shape& shape)
    : self_attention_(register_module("self_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      self_attention_norm_(register_module("self_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      cross_attention_(register_module("cross_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      cross_attention_norm_(register_module("cross_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      feed_forward_(
          register_module("feed_forward", FeedForward(shape.d_model, shape.d_feed_forward, activation_named(shape.activation)))),
      feed_forward_norm_(register_module("feed_forward_norm", Residual(shape.d_model, shape.pre_norm))) {}

template <class SelfAttention, class CrossAttention>
Tensor DecoderLayerImpl::sub_layers(const Tensor& x, DropoutPass& pass, const SelfAttention& attend_self,
                                    const CrossAttention& attend_memory) {
  const Tensor said = self_attention_norm_->around(x, pass, attend_self);
  const Tensor informed = cross_attention_norm_->around(said, pass, attend_memory);
  return feed_forward_norm_->around(informed, pass, [&](const Tensor& y) { return feed_forward_->forward(y, pass); });
}

Tensor DecoderLayerImpl::forward(const Tensor& x, const Segments& targets, const Tensor& memory, const Segments& sources,
                                 DropoutPass& pass, Tensor* attention) {
  return sub_layers(
      x, pass, [&](const Tensor& y) { return self_attention_->within(y, targets, true, pass); },
      [&](const Tensor& y) {
        if (attention) {
          *attention = cross_attention_->mean_weights(targets.pad(y), sources.pad(memory), {sources.lengths(), false});
        }
        return cross_attention_->across(y, targets, memory, sources, pass);
      });
}

Tensor DecoderLayerImpl::step(const Tensor& x, std::int64_t layer, DecoderCache& cache) {
  DropoutPass none;
  return sub_layers(
      x, none,
      [&](const Tensor& y) {
        return self_attention_->attend(y, cache.extend(layer, self_attention_->project(y)), cache.self_visibility(), none);
      },
      [&](const Tensor& y) {
        const Tensor queries = cache.groups().gather(y);
        return cache.groups().scatter(cross_attention_->attend(queries, cache.cross(layer), cache.cross_visibility(), none));
      });
}

DecoderImpl::DecoderImpl(const model::Shape& shape) : layers_(register_module("layers", torch::nn::ModuleList())) {
  for (int number = 0; number < shape.decoder_layers; ++number) layers_->push_back(DecoderLayer(shape));
  if (shape.pre_norm) norm_ = register_module("norm", LayerNorm(shape.d_model));
}

Tensor DecoderImpl::forward(Tensor x, const Segments& targets, const Tensor& memory, const Segments& sources, DropoutPass& pass,
                            Tensor* attention) {
  for (std::int64_t number = 0; number < depth(); ++number) {
    x = layer(number).forward(x, targets, memory, sources, pass, number + 1 == depth() ? attention : nullptr);
  }
  return norm_ ? norm_(x) : x;
}

std::unique_ptr<DecoderCache> DecoderImpl::start(const Tensor& memory, const Tensor& source_lengths) {
  std::vector<KeysValues> cross;
  for (std::int64_t number = 0; number < depth(); ++number) cross.push_back(layer(number).project_memory(memory));
  return std::make_unique<DecoderCache>(cross, source_lengths, depth());
}

Tensor DecoderImpl::step(Tensor x, const Tensor& counts, DecoderCache& cache) {
  cache.open(x.size(1));
  for (std::int64_t number = 0; number < depth(); ++number) x = layer(number).step(x, number, cache);
  cache.close(counts);
  return norm_ ? norm_(x) : x;
}

}  // namespace mynah::nn
