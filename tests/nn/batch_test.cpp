#include "nn/batch.h"

#include <gtest/gtest.h>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

const std::vector<std::vector<TokenId>> kRows = {{5, 6, 0}, {0}, {7, 0}};

TEST(Batch, PadsToTheLongestRow) {
  const Padded padded = pad_rows(kRows, 9, at::kCPU);
  EXPECT_TRUE(at::equal(padded.ids, at::tensor({5, 6, 0, 0, 9, 9, 7, 0, 9}, at::kLong).view({3, 3})));
  EXPECT_TRUE(at::equal(padded.lengths, at::tensor({3, 1, 2}, at::kLong)));
}

TEST(Batch, DecodersReadTheStartTokenAndAllButTheLast) {
  const Tensor inputs = decoder_inputs(pad_rows(kRows, 9, at::kCPU), 9);
  EXPECT_TRUE(at::equal(inputs, at::tensor({9, 5, 6, 9, 0, 9, 9, 7, 0}, at::kLong).view({3, 3})));
}

TEST(Batch, TakesEmptyRows) {
  const Padded padded = pad_rows(std::vector<std::vector<TokenId>>{{}, {4}}, 9, at::kCPU);
  EXPECT_TRUE(at::equal(padded.ids, at::tensor({9, 4}, at::kLong).view({2, 1})));
  EXPECT_TRUE(at::equal(padded.lengths, at::tensor({0, 1}, at::kLong)));
}

}  // namespace
}  // namespace mynah::nn
