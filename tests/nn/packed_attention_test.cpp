#include "nn/packed_attention.h"

#include <cmath>

#include "kernel_checks.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

Segments segments(const std::vector<std::int64_t>& lengths) {
  const std::int64_t longest = *std::ranges::max_element(lengths);
  return Segments({at::zeros({static_cast<std::int64_t>(lengths.size()), longest}, at::kLong), at::tensor(lengths, at::kLong)});
}

/// Sentences without padding by the definition: each alone, head by head. The dropout's elements are those of the padded batch.
Tensor one_by_one(const Tensor& query, const Tensor& key, const Tensor& value, const Segments& targets, const Segments& sources,
                  std::int64_t heads, bool causal, double rate, std::uint64_t seed) {
  const auto batch = [&](const Tensor& x, const Segments& sentences) {
    return sentences.pad(x).unflatten(2, {heads, -1}).transpose(1, 2);
  };
  const Tensor whole = at::ones({targets.count(), heads, targets.longest(), sources.longest()}, query.options());
  const Tensor factors = reference::dropout(whole, rate, seed);
  const Tensor queries = batch(query, targets), keys = batch(key, sources), values = batch(value, sources);
  std::vector<Tensor> results;
  for (std::int64_t sentence = 0; sentence < targets.count(); ++sentence) {
    const auto rows = targets.lengths()[sentence].item<std::int64_t>(),
               columns = sources.lengths()[sentence].item<std::int64_t>();
    const auto part = [&](const Tensor& x, std::int64_t length) { return x[sentence].narrow(1, 0, length); };
    Tensor scores = at::matmul(part(queries, rows), part(keys, columns).transpose(1, 2)) / std::sqrt(query.size(1) / heads);
    if (causal) scores = scores + at::full_like(scores, -INFINITY).triu(1);
    const Tensor weights = scores.softmax(2) * factors[sentence].narrow(1, 0, rows).narrow(2, 0, columns);
    results.push_back(at::matmul(weights, part(values, columns)).transpose(0, 1).flatten(1));  // [rows, d_model]
  }
  return at::cat(results);
}

TEST(PackedAttention, EachSentenceAttendsToItself) {
  const Segments sentences = segments({5, 1, 70, 17});
  for (const std::int64_t d_head : {8, 16, 32}) {
    for (const bool causal : {false, true}) {
      const std::int64_t d_model = 2 * d_head;
      expect_same([&](const Tensors& in) { return self_attention(in[0], 2, sentences, causal, 0.2, 5); },
                  [&](const Tensors& in) {
                    const auto parts = in[0].split(d_model, 1);
                    return one_by_one(parts[0], parts[1], parts[2], sentences, sentences, 2, causal, 0.2, 5);
                  },
                  {at::randn({93, 3 * d_model})}, 1e-5);
    }
  }
}

TEST(PackedAttention, EachSentenceAttendsToItsSource) {
  const Segments targets = segments({5, 70, 1, 4}), sources = segments({3, 17, 40, 1});
  for (const std::int64_t d_head : {8, 16, 32}) {
    const std::int64_t d_model = 3 * d_head;
    expect_same([&](const Tensors& in) { return cross_attention(in[0], targets, in[1], sources, 3, 0.2, 5); },
                [&](const Tensors& in) {
                  const auto parts = in[1].split(d_model, 1);
                  return one_by_one(in[0], parts[0], parts[1], targets, sources, 3, false, 0.2, 5);
                },
                {at::randn({80, d_model}), at::randn({61, 2 * d_model})}, 1e-5);
  }
}

TEST(PackedAttention, GradientsInFloat64AreRight) {
  const Segments targets = segments({2, 3}), sources = segments({3, 1});
  expect_gradients([&](const Tensors& in) { return self_attention(in[0], 2, targets, true, 0.3, 5); }, {at::randn({5, 12})});
  expect_gradients([&](const Tensors& in) { return cross_attention(in[0], targets, in[1], sources, 2, 0.3, 5); },
                   {at::randn({5, 4}), at::randn({4, 8})});
}

}  // namespace
}  // namespace mynah::nn
