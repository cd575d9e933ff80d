#include "nn/packed_attention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <optional>

#include "nn/attention_heads.h"
#include "nn/fast_path.h"
#include "nn/reference.h"
#include "nn/scaled_dot_product.h"

namespace mynah::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Heads side by side in columns of x [tokens, features], from column `first` on.
HeadArray heads_of(const Tensor& x, std::int64_t first, std::int64_t d_head, const Tensor& starts) {
  return {x.mutable_data_ptr<float>() + first, 0, d_head, x.stride(0), starts.const_data_ptr<std::int64_t>()};
}

/// What is kept for the backward pass, in this order; memory may be undefined.
enum Saved : std::size_t { kQueries, kMemory, kTargetStarts, kTargetLengths, kSourceStarts, kSourceLengths, kStatistics };

struct Settings {
  std::int64_t heads, d_model, longest_target, longest_source, causal, seed;
  double rate;
};

/// Attention between sentences without padding. Where there is no `memory`, keys and values stand beside the queries. Gradients
/// are written side by side as their tensors are, so that the projections' backward pass begins without a copy.
struct FastPackedAttention : torch::autograd::Function<FastPackedAttention> {
  static AttentionCall describe(const variable_list& saved, const Settings& settings) {
    const Tensor &queries = saved[kQueries], &memory = saved[kMemory].defined() ? saved[kMemory] : saved[kQueries];
    const std::int64_t d_head = settings.d_model / settings.heads, first = saved[kMemory].defined() ? 0 : settings.d_model;
    AttentionCall call;
    call.query = heads_of(queries, 0, d_head, saved[kTargetStarts]);
    call.key = heads_of(memory, first, d_head, saved[kSourceStarts]);
    call.value = heads_of(memory, first + settings.d_model, d_head, saved[kSourceStarts]);
    call.heads = settings.heads;
    call.d_head = d_head;
    call.target_length = settings.longest_target;
    call.source_length = settings.longest_source;
    call.query_lengths = saved[kTargetLengths].const_data_ptr<std::int64_t>();
    call.key_lengths = saved[kSourceLengths].const_data_ptr<std::int64_t>();
    call.causal = settings.causal != 0;
    call.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(d_head)));
    call.mask = dropout_mask(settings.rate, static_cast<std::uint64_t>(settings.seed));
    call.statistics = saved[kStatistics].mutable_data_ptr<float>();
    return call;
  }

  static Tensor forward(AutogradContext* context, const Tensor& queries_in, const std::optional<Tensor>& memory_in,
                        const Segments& targets, const Segments& sources, const Settings& settings) {
    const Tensor queries = queries_in.contiguous(), memory = memory_in ? memory_in->contiguous() : Tensor();
    const Tensor statistics = at::empty({targets.count(), settings.heads, targets.longest(), 2}, queries.options());
    const variable_list saved = {queries,           memory,    targets.starts(), targets.lengths(), sources.starts(),
                                 sources.lengths(), statistics};
    Tensor output = at::empty({queries.size(0), settings.d_model}, queries.options());
    AttentionCall call = describe(saved, settings);
    call.output = heads_of(output, 0, call.d_head, targets.starts());
    for_each_head(call, statistics, kernels().attention);
    context->save_for_backward(saved);
    context->saved_data["numbers"] = std::vector<std::int64_t>{settings.heads,          settings.d_model, settings.longest_target,
                                                               settings.longest_source, settings.causal,  settings.seed};
    context->saved_data["rate"] = settings.rate;
    return output;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const std::vector<std::int64_t> n = context->saved_data["numbers"].toIntVector();
    const Settings settings{n[0], n[1], n[2], n[3], n[4], n[5], context->saved_data["rate"].toDouble()};
    const Tensor output_gradient = gradients[0].contiguous(), queries_gradient = at::empty_like(saved[kQueries]);
    const Tensor memory_gradient = saved[kMemory].defined() ? at::empty_like(saved[kMemory]) : Tensor();
    AttentionCall call = describe(saved, settings);
    variable_list places = saved;
    places[kQueries] = queries_gradient;
    places[kMemory] = memory_gradient;
    const AttentionCall slopes = describe(places, settings);
    call.output_gradient = heads_of(output_gradient, 0, call.d_head, saved[kTargetStarts]);
    call.query_gradient = slopes.query;
    call.key_gradient = slopes.key;
    call.value_gradient = slopes.value;
    for_each_head(call, saved[kStatistics], kernels().attention_backward);
    return {queries_gradient, memory_gradient, {}, {}, {}};
  }
};

/// Keys and values stand side by side in `memory`, or beside the queries where there is none.
Tensor packed_attention(const Tensor& queries_in, const Segments& targets, const std::optional<Tensor>& memory_in,
                        const Segments& sources, std::int64_t heads, bool causal, double rate, std::uint64_t seed) {
  const Tensor queries = widened(queries_in), others = memory_in ? widened(*memory_in) : queries;
  const std::int64_t d_model = memory_in ? queries.size(1) : queries.size(1) / 3;
  if (fits_kernels({queries, others}) && d_model % (heads * kHeadUnit) == 0) {
    const Settings settings{heads, d_model, targets.longest(), sources.longest(), causal, static_cast<std::int64_t>(seed), rate};
    return FastPackedAttention::apply(queries, memory_in ? std::optional(others) : std::nullopt, targets, sources, settings);
  }
  const auto part = [&](const Tensor& x, std::int64_t number, const Segments& sentences) {
    return sentences.pad(x.narrow(1, number * d_model, d_model)).unflatten(2, {heads, -1}).transpose(1, 2);
  };
  const std::int64_t first = memory_in ? 0 : 1;
  const Tensor result = scaled_dot_product(part(queries, 0, targets), part(others, first, sources),
                                           part(others, first + 1, sources), {sources.lengths(), causal}, rate, seed);
  return targets.pack(result.transpose(1, 2).flatten(2));
}

}  // namespace

Tensor self_attention(const Tensor& projected, std::int64_t heads, const Segments& sentences, bool causal, double dropout_rate,
                      std::uint64_t seed) {
  return packed_attention(projected, sentences, std::nullopt, sentences, heads, causal, dropout_rate, seed);
}

Tensor cross_attention(const Tensor& queries, const Segments& targets, const Tensor& memory, const Segments& sources,
                       std::int64_t heads, double dropout_rate, std::uint64_t seed) {
  return packed_attention(queries, targets, memory, sources, heads, false, dropout_rate, seed);
}

}  // namespace mynah::nn
