#include "nn/row_state.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

/// Rows whose arrays hold `first`, `first` + 1, …; one sentence each, keys full of the same number.
RowState state_of(std::int64_t rows, std::int64_t source_length, double first) {
  const Tensor numbers = at::arange(rows, at::kFloat) + first;
  const Tensor keys = numbers.view({-1, 1, 1}).expand({-1, source_length, 2}).contiguous();
  const Tensor lengths = at::full({rows}, source_length, at::kLong);
  return {SourceCache({{keys, -keys}}, lengths), {numbers.view({-1, 1, 1}), numbers.to(at::kLong)}};
}

TEST(RowState, RowsFollowTheirParentsAndSentencesTheirRows) {
  RowState state = state_of(3, 4, 10);
  state.reorder(std::vector<std::int64_t>{2, 0, 2});
  EXPECT_EQ(state.rows(), 3);
  EXPECT_TRUE(at::equal(state.arrays()[0].flatten(), at::tensor({12., 10., 12.}, at::kFloat)));
  EXPECT_TRUE(at::equal(state.arrays()[1], at::tensor({12, 10, 12}, at::kLong)));
  EXPECT_EQ(state.source().groups().sentences(), 2);
  EXPECT_TRUE(at::equal(state.source().layer(0).keys.select(2, 0).select(1, 0), at::tensor({10., 12.}, at::kFloat)));
}

TEST(RowState, RowsJoin) {
  RowState state = state_of(1, 2, 1), other = state_of(2, 5, 7);
  state.append(other);
  EXPECT_TRUE(at::equal(state.arrays()[1], at::tensor({1, 7, 8}, at::kLong)));
  EXPECT_EQ(state.rows(), 3);
  EXPECT_EQ(state.source().layer(0).values.sizes(), (std::vector<std::int64_t>{3, 5, 2}));
  EXPECT_TRUE(at::equal(state.source().visibility().key_lengths, at::tensor({2, 5, 5}, at::kLong)));
}

TEST(RowState, ChangesAreKeptWhereTheyAreWanted) {
  RowState state = state_of(3, 2, 0);
  const std::vector<Tensor> before = state.arrays();
  for (Tensor& array : state.arrays()) array = array + 100;
  state.keep_changes(at::tensor({1, 0, 1}, at::kLong).to(at::kBool), before);
  EXPECT_TRUE(at::equal(state.arrays()[0].flatten(), at::tensor({100., 1., 102.}, at::kFloat)));
  EXPECT_TRUE(at::equal(state.arrays()[1], at::tensor({100, 1, 102}, at::kLong)));
}

}  // namespace
}  // namespace mynah::nn
