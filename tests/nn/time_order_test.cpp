#include "nn/time_order.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

TEST(TimeOrder, LongestSentencesStandFirstAtEveryTime) {
  const TimeOrder order(segments(at::tensor({2, 4, 1, 4}, at::kLong)), at::kCPU);
  EXPECT_TRUE(at::equal(order.order(), at::tensor({1, 3, 0, 2}, at::kLong)));
  EXPECT_TRUE(at::equal(order.rows(), at::tensor({4, 3, 2, 2}, at::kLong)));
  const Tensor x = at::arange(11, at::kFloat).unsqueeze(1);  // sentences begin at 0, 2, 6, 7
  const Tensor arranged = order.arrange(x);
  EXPECT_TRUE(at::equal(arranged.squeeze(1), at::tensor({2., 7., 0., 6., 3., 8., 1., 4., 9., 5., 10.}, at::kFloat)));
  EXPECT_TRUE(at::equal(order.restore(arranged), x));
  const auto times = order.split(arranged);
  ASSERT_EQ(times.size(), 4U);
  EXPECT_TRUE(at::equal(times[1].squeeze(1), at::tensor({3., 8., 1.}, at::kFloat)));
}

}  // namespace
}  // namespace mynah::nn
