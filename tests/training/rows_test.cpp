#include "training/rows.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace mynah::training {
namespace {

corpus::Batch batch_of_lengths(const std::vector<std::size_t>& lengths) {
  corpus::Batch batch;
  for (const std::size_t length : lengths) {
    batch.source.emplace_back(length, 2);
    batch.target.emplace_back(length, 3);
  }
  return batch;
}

TEST(ShareOut, NeighbouringSharesCoverTheRange) {
  const corpus::Batch batch = batch_of_lengths({3, 9, 1, 4, 4, 7, 2, 8, 5, 5});
  for (int count = 1; count <= 12; ++count) {
    std::size_t next = 2;
    for (const RowRange& share : share_out(batch, {2, 9}, count)) {
      EXPECT_EQ(share.begin, next);
      EXPECT_LE(share.begin, share.end);
      next = share.end;
    }
    EXPECT_EQ(next, 9u);
  }
}

TEST(ShareOut, SharesHoldAboutAsManyIds) {
  const corpus::Batch batch = batch_of_lengths({30, 30, 10, 10, 10, 10, 10, 10});
  const auto shares = share_out(batch, {0, 8}, 2);
  EXPECT_EQ(shares[0].size(), 2u);
  EXPECT_EQ(shares[1].size(), 6u);
}

TEST(ShareOut, FewRowsLeaveSharesEmpty) {
  const auto shares = share_out(batch_of_lengths({6}), {0, 1}, 3);
  std::size_t rows = 0;
  for (const RowRange& share : shares) rows += share.size();
  EXPECT_EQ(shares.size(), 3u);
  EXPECT_EQ(rows, 1u);
}

}  // namespace
}  // namespace mynah::training
