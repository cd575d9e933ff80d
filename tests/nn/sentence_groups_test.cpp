#include "nn/sentence_groups.h"

#include <gtest/gtest.h>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

/// Row r holds the number r in each of `length` places.
Tensor numbered(std::int64_t rows, std::int64_t length) {
  return at::arange(rows, at::kFloat).view({rows, 1, 1}).expand({rows, length, 2}).contiguous();
}

TEST(SentenceGroups, BringRowsOfASentenceTogetherAndBack) {
  const SentenceGroups groups({1, 0, 1, 2, 1, 0}, 3, at::kCPU);
  const Tensor x = numbered(6, 2);
  const Tensor gathered = groups.gather(x);
  ASSERT_EQ(gathered.sizes(), (std::vector<std::int64_t>{3, 6, 2}));
  const Tensor rows = gathered.select(2, 0).view({3, 3, 2}).select(2, 0);  // [sentences, width]
  EXPECT_TRUE(at::equal(rows[0].narrow(0, 0, 2), at::tensor({1.0F, 5.0F})));
  EXPECT_TRUE(at::equal(rows[1], at::tensor({0.0F, 2.0F, 4.0F})));
  EXPECT_EQ(rows[2][0].item<float>(), 3.0F);
  EXPECT_TRUE(at::equal(groups.scatter(gathered), x));
}

TEST(SentenceGroups, FullGroupsInOrderAreOnlyReshaped) {
  const SentenceGroups groups({0, 0, 1, 1}, 2, at::kCPU);
  const Tensor x = numbered(4, 1);
  EXPECT_EQ(groups.gather(x).data_ptr(), x.data_ptr());
  EXPECT_TRUE(at::equal(groups.gather(x).select(2, 0), at::tensor({0.0F, 1.0F, 2.0F, 3.0F}).view({2, 2})));
  EXPECT_TRUE(at::equal(groups.scatter(groups.gather(x)), x));
}

TEST(SentenceGroups, FullGroupsOutOfOrderAreSorted) {
  const SentenceGroups groups({1, 0, 1, 0}, 2, at::kCPU);
  const Tensor x = numbered(4, 3);
  EXPECT_TRUE(at::equal(groups.gather(x).select(2, 0).select(1, 0), at::tensor({1.0F, 0.0F})));
  EXPECT_TRUE(at::equal(groups.scatter(groups.gather(x)), x));
}

}  // namespace
}  // namespace mynah::nn
