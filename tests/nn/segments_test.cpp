#include "nn/segments.h"

#include <gtest/gtest.h>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

const std::vector<std::vector<TokenId>> kRows = {{5, 6, 0}, {0}, {7, 0}};

Segments segments_of(const std::vector<std::vector<TokenId>>& rows) { return Segments(pad_rows(rows, 9, at::kCPU)); }

TEST(Segments, KnowWhereSentencesBeginAndEnd) {
  const Segments sentences = segments_of(kRows);
  EXPECT_TRUE(at::equal(sentences.starts(), at::tensor({0, 3, 4}, at::kLong)));
  EXPECT_TRUE(at::equal(sentences.lengths(), at::tensor({3, 1, 2}, at::kLong)));
  EXPECT_EQ(sentences.count(), 3);
  EXPECT_EQ(sentences.longest(), 3);
  EXPECT_TRUE(at::equal(sentences.positions(), at::tensor({0, 1, 2, 0, 0, 1}, at::kLong)));
}

TEST(Segments, PackingLeavesOutPadding) {
  const Padded padded = pad_rows(kRows, 9, at::kCPU);
  EXPECT_TRUE(at::equal(Segments(padded).pack(padded.ids), at::tensor({5, 6, 0, 0, 7, 0}, at::kLong)));
}

TEST(Segments, PaddingPutsRowsBackWithZerosBehind) {
  const Segments sentences = segments_of(kRows);
  const Tensor x = at::randn({6, 2}), padded = sentences.pad(x);
  ASSERT_EQ(padded.sizes(), (std::vector<std::int64_t>{3, 3, 2}));
  EXPECT_TRUE(at::equal(padded[2].narrow(0, 0, 2), x.narrow(0, 4, 2)));
  EXPECT_TRUE((padded[1].narrow(0, 1, 2) == 0).all().item<bool>());
  EXPECT_TRUE(at::equal(sentences.pack(padded), x));
}

TEST(Segments, SentencesOfOneLengthAreOnlySeenDifferently) {
  const Segments sentences = segments_of({{1, 2}, {3, 4}});
  const Tensor x = at::randn({4, 3});
  EXPECT_EQ(sentences.pad(x).data_ptr(), x.data_ptr());
  EXPECT_TRUE(at::equal(sentences.pack(sentences.pad(x)), x));
  EXPECT_TRUE(at::equal(sentences.positions(), at::tensor({0, 1, 0, 1}, at::kLong)));
}

}  // namespace
}  // namespace mynah::nn
