#include "nn/positions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

TEST(Positions, FollowTheFormulaSinesFirst) {
  const Tensor table = positions(0, 50, 8);
  ASSERT_EQ(table.sizes(), (std::vector<std::int64_t>{50, 8}));
  for (int position = 0; position < 50; ++position) {
    for (int k = 0; k < 4; ++k) {
      const double angle = position * std::pow(10000.0, -2.0 * k / 8);
      EXPECT_NEAR(table[position][k].item<double>(), std::sin(angle), 1e-6);
      EXPECT_NEAR(table[position][4 + k].item<double>(), std::cos(angle), 1e-6);
    }
  }
}

TEST(Positions, OfPackedSentencesMayBeginAnywhereBySeed) {
  const Tensor lengths = at::full({200}, 3, at::kLong);
  const Segments sentences({at::zeros({200, 3}, at::kLong), lengths});
  EXPECT_TRUE(at::equal(positions_from_anywhere(sentences, 0, 5), sentences.positions()));
  const Tensor places = positions_from_anywhere(sentences, 7, 5).view({200, 3}), first = places.select(1, 0);
  EXPECT_TRUE(at::equal(places - first.unsqueeze(1), sentences.positions().view({200, 3})));
  EXPECT_EQ(first.min().item<int>(), 0);
  EXPECT_EQ(first.max().item<int>(), 7);
  EXPECT_NEAR(first.to(at::kDouble).mean().item<double>(), 3.5, 0.7);
  EXPECT_TRUE(at::equal(places.flatten(), positions_from_anywhere(sentences, 7, 5)));
  EXPECT_FALSE(at::equal(places.flatten(), positions_from_anywhere(sentences, 7, 6)));
}

TEST(Positions, MayStartAnywhere) { EXPECT_TRUE(at::equal(positions(7, 5, 16), positions(0, 12, 16).narrow(0, 7, 5))); }

}  // namespace
}  // namespace mynah::nn
