#include "nn/multi_head_attention.h"

#include "nn/packed_attention.h"
#include "nn/scaled_dot_product.h"

namespace mynah::nn {

MultiHeadAttentionImpl::MultiHeadAttentionImpl(std::int64_t d_model, std::int64_t heads)
    : heads_(heads),
      query_(register_module("query", Linear(d_model, d_model))),
      key_(register_module("key", Linear(d_model, d_model))),
      value_(register_module("value", Linear(d_model, d_model))),
      output_(register_module("output", Linear(d_model, d_model))) {}

Tensor MultiHeadAttentionImpl::within(const Tensor& x, const Segments& sentences, bool causal, DropoutPass& pass) {
  const Tensor projected = side_by_side(x, {query_, key_, value_});  // [tokens, 3 · d_model]
  return output_(self_attention(projected, heads_, sentences, causal, pass.rates().attention, pass.next_seed()));
}

Tensor MultiHeadAttentionImpl::project_packed(const Tensor& memory) { return side_by_side(memory, {key_, value_}); }

Tensor MultiHeadAttentionImpl::across_projected(const Tensor& x, const Segments& targets, const Tensor& projected,
                                                const Segments& sources, DropoutPass& pass) {
  return output_(cross_attention(query_(x), targets, projected, sources, heads_, pass.rates().attention, pass.next_seed()));
}

KeysValues MultiHeadAttentionImpl::project(const Tensor& memory) { return {key_(memory), value_(memory)}; }

Tensor MultiHeadAttentionImpl::attend(const Tensor& x, const KeysValues& memory, const Visibility& visibility,
                                      DropoutPass& pass) {
  const Tensor heads =
      scaled_dot_product(split_heads(query_(x)), split_heads(memory.keys), split_heads(memory.values), visibility,
                         pass.rates().attention, pass.next_seed());  // [batch, heads, target_length, d_head]
  return output_(heads.transpose(1, 2).flatten(2));                  // [batch, target_length, d_model]
}

Tensor MultiHeadAttentionImpl::mean_weights(const Tensor& x, const Tensor& memory, const Visibility& visibility) {
  return attention_weights(split_heads(query_(x)), split_heads(key_(memory)), visibility).mean(1);
}

Tensor MultiHeadAttentionImpl::split_heads(const Tensor& x) const {
  return x.unflatten(2, {heads_, -1}).transpose(1, 2);  // [batch, heads, length, d_head]
}

}  // namespace mynah::nn
