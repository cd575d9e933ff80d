#include "nn/dropout.h"

#include "kernel_checks.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

TEST(Dropout, WithoutRateIsTheSameTensor) {
  const Tensor x = at::randn({3, 5});
  EXPECT_TRUE(nn::dropout(x, 0, 7).is_same(x));
}

TEST(Dropout, KeepsWhatTheHashSays) {
  const DropoutMask mask = dropout_mask(0.3, 99);
  const Tensor factors = reference::dropout_factors(at::empty({1000}), mask);
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(factors[i].item<float>(), keeps(mask, i) ? 1 / 0.7f : 0.0f);
}

TEST(Dropout, KeepRateIsAsAsked) {
  for (const double rate : {0.1, 0.5, 0.9}) {
    const Tensor kept = reference::dropout_factors(at::empty({1000000}), dropout_mask(rate, 5)).gt(0).to(at::kDouble);
    EXPECT_NEAR(kept.mean().item<double>(), 1 - rate, 0.002);  // four standard deviations
  }
}

TEST(Dropout, MasksOfNeighbouringElementsAndSeedsAreIndependent) {
  const auto kept = [](std::uint64_t seed) {
    return reference::dropout_factors(at::empty({200000}), dropout_mask(0.5, seed)).gt(0).to(at::kDouble).mul(2).sub(1);
  };
  const Tensor first = kept(1), second = kept(2);
  const auto correlation = [](const Tensor& a, const Tensor& b) { return std::abs((a * b).mean().item<double>()); };
  EXPECT_LT(correlation(first, second), 0.01);
  for (const std::int64_t lag : {1, 2, 16, 128, 4096}) {
    EXPECT_LT(correlation(first.narrow(0, lag, 100000), first.narrow(0, 0, 100000)), 0.015) << lag;
    EXPECT_LT(correlation(first.narrow(0, lag, 100000), second.narrow(0, 0, 100000)), 0.015) << lag;
  }
}

TEST(Dropout, RefusesImpossibleRates) {
  EXPECT_THROW(nn::dropout(at::ones({2}), 1, 0), c10::Error);
  EXPECT_THROW(nn::dropout(at::ones({2}), -0.1, 0), c10::Error);
}

TEST(Dropout, EveryVariantFollowsTheReference) {
  for (const std::int64_t length : {1, 7, 64, 1003}) {
    expect_same([](const Tensors& in) { return nn::dropout(in[0], 0.2, 11); },
                [](const Tensors& in) { return reference::dropout(in[0], 0.2, 11); }, {at::randn({3, length})});
  }
}

TEST(Dropout, TakesElementsInLogicalOrder) {
  const Tensor x = at::randn({6, 10});
  EXPECT_TRUE(at::equal(nn::dropout(x.t(), 0.5, 3), nn::dropout(x.t().contiguous(), 0.5, 3)));
}

TEST(ReluDropout, EveryVariantFollowsTheReference) {
  for (const double rate : {0.0, 0.25}) {
    for (const std::int64_t length : {1, 7, 64, 1003}) {
      expect_same([rate](const Tensors& in) { return relu_dropout(in[0], rate, 12); },
                  [rate](const Tensors& in) { return reference::relu_dropout(in[0], rate, 12); }, {at::randn({3, length})});
    }
  }
}

TEST(ReluDropout, LetsNaNThrough) {
  for_each_variant([] { EXPECT_TRUE(relu_dropout(at::full({40}, NAN), 0, 1).isnan().all().item<bool>()); });
}

}  // namespace
}  // namespace mynah::nn
