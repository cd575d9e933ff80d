#include "nn/multi_head_attention.h"

#include <torch/nn/modules/activation.h>

#include <cmath>

#include "tiny_models.h"

namespace mynah::nn {
namespace {

constexpr std::int64_t kFeatures = 16, kHeads = 4;

MultiHeadAttention random_attention() {
  MultiHeadAttention attention(kFeatures, kHeads);
  const at::NoGradGuard no_gradient;
  for (auto& parameter : attention->parameters()) parameter.normal_(0, 0.3);
  return attention;
}

torch::nn::MultiheadAttention same_in_torch(const torch::nn::Module& attention) {
  torch::nn::MultiheadAttention torch_attention(torch::nn::MultiheadAttentionOptions(kFeatures, kHeads));
  const at::NoGradGuard no_gradient;
  const auto ours = attention.named_parameters();
  auto theirs = torch_attention->named_parameters();
  theirs["in_proj_weight"].copy_(at::cat({ours["query.weight"], ours["key.weight"], ours["value.weight"]}));
  theirs["in_proj_bias"].copy_(at::cat({ours["query.bias"], ours["key.bias"], ours["value.bias"]}));
  theirs["out_proj.weight"].copy_(ours["output.weight"]);
  theirs["out_proj.bias"].copy_(ours["output.bias"]);
  return torch_attention;
}

TEST(MultiHeadAttention, EqualsTorchOverPaddedMemory) {
  MultiHeadAttention attention = random_attention();
  auto oracle = same_in_torch(*attention);
  const Tensor x = at::randn({3, 5, kFeatures}), memory = at::randn({3, 7, kFeatures});
  const Visibility visibility = {at::tensor({7, 2, 4}, at::kLong), false};
  const Tensor hidden = at::arange(7, at::kLong).unsqueeze(0) >= visibility.key_lengths.unsqueeze(1);
  const auto [expected, weights] =
      oracle->forward(x.transpose(0, 1), memory.transpose(0, 1), memory.transpose(0, 1), hidden, /*need_weights=*/true);
  DropoutPass none;
  const Segments targets = segments(at::full({3}, 5, at::kLong)), sources = segments(visibility.key_lengths);
  const Tensor ours = attention->across(targets.pack(x), targets, sources.pack(memory), sources, none);
  expect_close(targets.pad(ours), expected.transpose(0, 1));
  expect_close(attention->attend(x, attention->project(memory), visibility, none), expected.transpose(0, 1));
  expect_close(attention->mean_weights(x, memory, visibility), weights);
}

TEST(MultiHeadAttention, EqualsTorchWithCausality) {
  MultiHeadAttention attention = random_attention();
  auto oracle = same_in_torch(*attention);
  const Tensor x = at::randn({2, 6, kFeatures}), t = x.transpose(0, 1);
  const Tensor future = at::full({6, 6}, -INFINITY).triu(1);
  const Tensor expected = std::get<0>(oracle->forward(t, t, t, {}, /*need_weights=*/false, future));
  DropoutPass none;
  const Segments sentences = segments(at::full({2}, 6, at::kLong));
  expect_close(sentences.pad(attention->within(sentences.pack(x), sentences, true, none)), expected.transpose(0, 1));
}

}  // namespace
}  // namespace mynah::nn
