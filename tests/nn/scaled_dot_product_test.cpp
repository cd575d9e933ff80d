#include "nn/scaled_dot_product.h"

#include "kernel_checks.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

struct Case {
  std::int64_t batch, heads, target_length, source_length, d_head;
  std::vector<std::int64_t> lengths;  // empty: all keys are visible
  bool causal = false;
  double rate = 0;
};

Visibility visibility_of(const Case& c) {
  Visibility visibility;
  if (!c.lengths.empty()) visibility.key_lengths = at::tensor(c.lengths, at::kLong);
  visibility.causal = c.causal;
  return visibility;
}

Tensors inputs(const Case& c) {
  return {at::randn({c.batch, c.heads, c.target_length, c.d_head}), at::randn({c.batch, c.heads, c.source_length, c.d_head}),
          at::randn({c.batch, c.heads, c.source_length, c.d_head})};
}

void expect_reference(const Case& c) {
  SCOPED_TRACE(::testing::Message() << c.batch << " x " << c.heads << " x " << c.target_length << " x " << c.source_length
                                    << " x " << c.d_head << (c.causal ? " causal" : "") << ", rate " << c.rate);
  const Visibility visibility = visibility_of(c);
  expect_same([&](const Tensors& in) { return scaled_dot_product(in[0], in[1], in[2], visibility, c.rate, 21); },
              [&](const Tensors& in) { return reference::scaled_dot_product(in[0], in[1], in[2], visibility, c.rate, 21); },
              inputs(c), 1e-5);
}

TEST(ScaledDotProduct, EveryVariantFollowsTheReferenceForEveryHeadSize) {
  for (const std::int64_t d_head : {1, 8, 16, 24, 32, 64, 128}) expect_reference({2, 3, 7, 9, d_head, {9, 4}});
}

TEST(ScaledDotProduct, EveryVariantFollowsTheReferenceForEveryLength) {
  for (const std::int64_t length : {1, 2, 3, 4, 5, 15, 16, 17, 33, 64, 65, 130}) {
    expect_reference({2, 2, length, length, 16, {length, 1}, false, 0.2});
    expect_reference({2, 2, length, length, 32, {length, (length + 1) / 2}, true, 0.2});
    expect_reference({2, 2, length, 11, 16, {11, 3}, false, 0.2});
    expect_reference({1, 2, 3, length, 16, {}, false, 0});
  }
}

TEST(ScaledDotProduct, CausalQueriesStandAtTheEndOfTheKeys) {
  expect_reference({2, 2, 1, 20, 16, {20, 20}, true});
  expect_reference({2, 2, 5, 20, 16, {20, 18}, true, 0.2});
  expect_reference({2, 2, 90, 100, 16, {100, 30}, true, 0.2});
}

TEST(ScaledDotProduct, QueriesThatSeeNothingGiveZeros) {
  expect_reference({2, 1, 4, 6, 16, {6, 0}});
  expect_reference({1, 1, 9, 4, 16, {}, true});  // the first five queries stand before the first key
  for_each_variant([] {
    const Visibility none{at::zeros({1}, at::kLong), false};
    const Tensor x = at::randn({1, 2, 3, 16});
    EXPECT_EQ(scaled_dot_product(x, x, x, none, 0, 0).abs().max().item<float>(), 0);
  });
}

TEST(ScaledDotProduct, TakesHeadsBesideEachOther) {
  const Visibility visibility{at::tensor({5, 3}, at::kLong), false};
  const auto split = [](const Tensor& x) { return x.unflatten(2, {4, 16}).transpose(1, 2); };
  expect_same([&](const Tensors& in) { return scaled_dot_product(split(in[0]), split(in[1]), split(in[2]), visibility, 0.1, 2); },
              [&](const Tensors& in) {
                return reference::scaled_dot_product(split(in[0]), split(in[1]), split(in[2]), visibility, 0.1, 2);
              },
              {at::randn({2, 6, 64}), at::randn({2, 5, 64}), at::randn({2, 5, 64})}, 3e-6);
}

TEST(ScaledDotProduct, TakesTransposedFeatures) {
  const Tensor x = at::randn({2, 2, 16, 7}).transpose(2, 3);
  for_each_variant([&] {
    EXPECT_TRUE(at::equal(scaled_dot_product(x, x, x, {}, 0, 0),
                          scaled_dot_product(x.contiguous(), x.contiguous(), x.contiguous(), {}, 0, 0)));
  });
}

TEST(ScaledDotProduct, PaddingKeysAreNeverRead) {
  const Visibility visibility{at::tensor({4}, at::kLong), false};
  Tensor key = at::randn({1, 2, 6, 16}), value = at::randn({1, 2, 6, 16});
  const Tensor query = at::randn({1, 2, 5, 16});
  for_each_variant([&] {
    const Tensor expected = scaled_dot_product(query, key, value, visibility, 0, 0);
    Tensor poisoned_key = key.clone(), poisoned_value = value.clone();
    poisoned_key.narrow(2, 4, 2).fill_(NAN);
    poisoned_value.narrow(2, 4, 2).fill_(NAN);
    EXPECT_TRUE(at::equal(scaled_dot_product(query, poisoned_key, poisoned_value, visibility, 0, 0), expected));
  });
}

TEST(ScaledDotProduct, WidensWhatAutocastComputed) {
  const Tensor x = at::randn({1, 2, 5, 16}).to(at::kBFloat16), wide = x.to(at::kFloat);
  EXPECT_TRUE(at::equal(scaled_dot_product(x, x, x, {}, 0, 0), scaled_dot_product(wide, wide, wide, {}, 0, 0)));
}

TEST(ScaledDotProduct, GradientsOfTheReferenceAreRight) {
  const Case c{2, 1, 3, 4, 2, {4, 2}, true, 0.3};
  expect_gradients([&](const Tensors& in) { return scaled_dot_product(in[0], in[1], in[2], visibility_of(c), c.rate, 3); },
                   inputs(c));
}

TEST(ScaledDotProduct, AgreesWithLibTorchsOwn) {
  const Tensors in = inputs({2, 3, 6, 6, 16, {}});
  for_each_variant([&] {
    EXPECT_LT(distance(scaled_dot_product(in[0], in[1], in[2], {{}, true}, 0, 0),
                       at::scaled_dot_product_attention(in[0], in[1], in[2], {}, 0, true)),
              1e-6);
  });
}

TEST(ScaledDotProduct, WeightsOfVisibleKeysSumToOne) {
  const Visibility visibility{at::tensor({4, 2}, at::kLong), false};
  const Tensor weights = attention_weights(at::randn({2, 3, 5, 16}), at::randn({2, 3, 4, 16}), visibility);
  EXPECT_LT(distance(weights.sum(3), at::ones({2, 3, 5})), 1e-6);
  EXPECT_EQ(weights[1].narrow(2, 2, 2).abs().max().item<float>(), 0);
}

TEST(ScaledDotProduct, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(scaled_dot_product(at::ones({1, 1, 2, 4}), at::ones({1, 1, 2, 5}), at::ones({1, 1, 2, 5}), {}, 0, 0), c10::Error);
}

}  // namespace
}  // namespace mynah::nn
