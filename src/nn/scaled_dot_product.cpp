#include "nn/scaled_dot_product.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "nn/attention_heads.h"
#include "nn/fast_path.h"
#include "nn/kernels.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

HeadArray head_array(const Tensor& x) { return {x.mutable_data_ptr<float>(), x.stride(0), x.stride(1), x.stride(2)}; }

Tensor with_contiguous_rows(const Tensor& x) { return x.stride(3) == 1 ? x : x.contiguous(); }

/// A new [batch, heads, length, d_head] array that lies in memory as [batch, length, heads, d_head], so that merging heads is
/// free.
Tensor beside_heads(const Tensor& like) {
  return at::empty({like.size(0), like.size(2), like.size(1), like.size(3)}, like.options()).transpose(1, 2);
}

/// What a call is about apart from its gradients. `lengths` may be undefined.
AttentionCall describe(const Tensor& query, const Tensor& key, const Tensor& value, const Tensor& lengths,
                       const Tensor& statistics) {
  AttentionCall call;
  call.query = head_array(query);
  call.key = head_array(key);
  call.value = head_array(value);
  call.heads = query.size(1);
  call.target_length = query.size(2);
  call.source_length = key.size(2);
  call.d_head = query.size(3);
  if (lengths.defined()) call.key_lengths = lengths.const_data_ptr<std::int64_t>();
  call.statistics = statistics.mutable_data_ptr<float>();
  return call;
}

struct FastAttention : torch::autograd::Function<FastAttention> {
  static Tensor forward(AutogradContext* context, const Tensor& query_in, const Tensor& key_in, const Tensor& value_in,
                        const Visibility& visibility, double scale, double rate, std::int64_t seed) {
    const Tensor lengths = visibility.key_lengths.defined() ? visibility.key_lengths.contiguous() : Tensor();
    const Tensor query = with_contiguous_rows(query_in), key = with_contiguous_rows(key_in),
                 value = with_contiguous_rows(value_in);
    Tensor output = beside_heads(query);
    const Tensor statistics = at::empty({query.size(0), query.size(1), query.size(2), 2}, query.options());
    AttentionCall call = describe(query, key, value, lengths, statistics);
    call.output = head_array(output);
    call.causal = visibility.causal;
    call.scale = static_cast<float>(scale);
    call.mask = dropout_mask(rate, static_cast<std::uint64_t>(seed));
    for_each_head(call, statistics, kernels().attention);
    context->save_for_backward({query, key, value, lengths, statistics});
    context->saved_data["causal"] = visibility.causal;
    context->saved_data["scale"] = scale;
    context->saved_data["rate"] = rate;
    context->saved_data["seed"] = seed;
    return output;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor output_gradient = with_contiguous_rows(gradients[0]);
    Tensor query_gradient = beside_heads(saved[0]), key_gradient = beside_heads(saved[1]);
    Tensor value_gradient = beside_heads(saved[2]);
    AttentionCall call = describe(saved[0], saved[1], saved[2], saved[3], saved[4]);
    call.output_gradient = head_array(output_gradient);
    call.query_gradient = head_array(query_gradient);
    call.key_gradient = head_array(key_gradient);
    call.value_gradient = head_array(value_gradient);
    call.causal = context->saved_data["causal"].toBool();
    call.scale = static_cast<float>(context->saved_data["scale"].toDouble());
    call.mask =
        dropout_mask(context->saved_data["rate"].toDouble(), static_cast<std::uint64_t>(context->saved_data["seed"].toInt()));
    for_each_head(call, saved[4], kernels().attention_backward);
    return {query_gradient, key_gradient, value_gradient, {}, {}, {}, {}};
  }
};

/// x with zeros behind its last axis, up to the kernels' unit: they change no product.
Tensor padded(const Tensor& x) {
  const std::int64_t missing = (kHeadUnit - x.size(3) % kHeadUnit) % kHeadUnit;
  return missing == 0 ? x : at::constant_pad_nd(x, {0, missing});
}

}  // namespace

Tensor scaled_dot_product(const Tensor& query_in, const Tensor& key_in, const Tensor& value_in, const Visibility& visibility,
                          double dropout_rate, std::uint64_t seed) {
  const Tensor query = widened(query_in), key = widened(key_in), value = widened(value_in);
  TORCH_CHECK(query.dim() == 4 && key.sizes() == value.sizes() && query.size(0) == key.size(0) && query.size(1) == key.size(1) &&
                  query.size(3) == key.size(3),
              "scaled_dot_product: query ", query.sizes(), ", key ", key.sizes(), ", value ", value.sizes());
  if (!fits_kernels({query, key, value})) {
    return reference::scaled_dot_product(query, key, value, visibility, dropout_rate, seed);
  }
  const double scale = 1 / std::sqrt(static_cast<double>(query.size(3)));
  return FastAttention::apply(padded(query), padded(key), padded(value), visibility, scale, dropout_rate,
                              static_cast<std::int64_t>(seed))
      .narrow(3, 0, query.size(3));
}

Tensor attention_weights(const Tensor& query, const Tensor& key, const Visibility& visibility) {
  return reference::attention_weights(query, key, visibility);
}

}  // namespace mynah::nn
