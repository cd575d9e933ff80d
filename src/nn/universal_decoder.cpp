#include "nn/universal_decoder.h"

namespace mynah::nn {

UniversalDecoderImpl::UniversalDecoderImpl(const model::Shape& shape)
    : most_steps_(shape.decoder_layers),
      self_attention_(register_module("self_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      self_attention_norm_(register_module("self_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      cross_attention_(register_module("cross_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      cross_attention_norm_(register_module("cross_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      transition_(register_module("transition", Transition(shape, true))),
      transition_norm_(register_module("transition_norm", Residual(shape.d_model, shape.pre_norm))) {
  if (shape.universal.halting) halting_ = register_module("halting", Halting(shape.d_model));
  if (shape.pre_norm) norm_ = register_module("norm", LayerNorm(shape.d_model));
}

template <class SelfAttention, class CrossAttention, class TransitionStep>
Tensor UniversalDecoderImpl::block(const Tensor& x, DropoutPass& pass, const SelfAttention& attend_self,
                                   const CrossAttention& attend_memory, const TransitionStep& transit) {
  const Tensor said = self_attention_norm_->around(x, pass, attend_self);
  const Tensor informed = cross_attention_norm_->around(said, pass, attend_memory);
  return transition_norm_->around(informed, pass, transit);
}

Refined UniversalDecoderImpl::forward(const Tensor& x, const Segments& targets, const Coordinates& coordinates,
                                      const Tensor& memory, const Segments& sources, DropoutPass& pass, Tensor* attention) {
  const Tensor projected = cross_attention_->project_packed(memory);  // the same in every step
  AdaptiveDepth depth(x, most_steps_, halting_);
  const auto look_inside = [&](const Tensor& y) {
    const Tensor weights = cross_attention_->mean_weights(targets.pad(y), sources.pad(memory), {sources.lengths(), false});
    const Tensor running = targets.pad(depth.running().unsqueeze(1));  // [batch, longest, 1]
    *attention = attention->defined() ? at::where(running, weights, *attention) : weights;
  };
  while (!depth.ended()) {
    const Tensor inputs = coordinates.add_to(depth.states(), depth.step());
    depth.advance(inputs, block(
                              inputs, pass, [&](const Tensor& y) { return self_attention_->within(y, targets, true, pass); },
                              [&](const Tensor& y) {
                                if (attention) look_inside(y);
                                return cross_attention_->across_projected(y, targets, projected, sources, pass);
                              },
                              [&](const Tensor& y) { return transition_->forward(y, targets, pass); }));
  }
  Refined refined = depth.refined();
  if (norm_) refined.states = norm_(refined.states);
  return refined;
}

std::unique_ptr<UniversalCache> UniversalDecoderImpl::start(const Tensor& memory, const Tensor& source_lengths) {
  const KeysValues cross = cross_attention_->project(memory);
  std::vector<Transition::ContainedType::Recent> recent;
  for (std::int64_t step = 0; step < most_steps_; ++step) recent.push_back(transition_->start(memory.size(0)));
  return std::make_unique<UniversalCache>(DecoderCache({cross}, source_lengths, most_steps_), std::move(recent));
}

Tensor UniversalDecoderImpl::step(const Tensor& x, const Coordinates& coordinates, const Tensor& counts, UniversalCache& cache) {
  cache.keys_values.open(x.size(1));
  AdaptiveDepth depth(x, most_steps_, halting_);
  for (std::int64_t step = 0; step < most_steps_; ++step) {
    const Tensor inputs = coordinates.add_to(depth.states(), step);
    if (depth.ended() && !transition_->sees_neighbours()) {
      cache.keys_values.extend(step, self_attention_->project(self_attention_norm_->entering(inputs)));
    } else {
      depth.advance(inputs, cached_block(inputs, step, counts, cache));
    }
  }
  cache.keys_values.close(counts);
  const Tensor states = depth.refined().states;
  return norm_ ? norm_(states) : states;
}

Tensor UniversalDecoderImpl::cached_block(const Tensor& x, std::int64_t step, const Tensor& counts, UniversalCache& cache) {
  DropoutPass none;
  DecoderCache& seen = cache.keys_values;
  return block(
      x, none,
      [&](const Tensor& y) {
        return self_attention_->attend(y, seen.extend(step, self_attention_->project(y)), seen.self_visibility(), none);
      },
      [&](const Tensor& y) {
        const Tensor queries = seen.groups().gather(y);
        return seen.groups().scatter(cross_attention_->attend(queries, seen.cross(0), seen.cross_visibility(), none));
      },
      [&](const Tensor& y) { return transition_->step(y, counts, cache.recent[static_cast<std::size_t>(step)]); });
}

}  // namespace mynah::nn
