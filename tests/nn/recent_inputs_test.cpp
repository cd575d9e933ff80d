#include "nn/recent_inputs.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

/// [rows, count, 1] of consecutive numbers from `first`.
Tensor fresh(std::int64_t rows, std::int64_t count, double first) {
  return at::arange(static_cast<std::int64_t>(first), static_cast<std::int64_t>(first) + rows * count)
      .to(at::kFloat)
      .view({rows, count, 1});
}

TEST(RecentInputs, KeepsTheLastRealOnesOfEveryRow) {
  RecentInputs inputs(2, 2, 1, at::zeros({1}));
  const Tensor all = inputs.extend(fresh(2, 3, 1), at::tensor({3, 1}, at::kLong));
  expect_close(all.squeeze(2), at::tensor({0.0F, 0.0F, 1.0F, 2.0F, 3.0F, 0.0F, 0.0F, 4.0F, 5.0F, 6.0F}).view({2, 5}));
  const Tensor next = inputs.extend(fresh(2, 1, 7), at::ones({2}, at::kLong));
  expect_close(next.squeeze(2), at::tensor({2.0F, 3.0F, 7.0F, 0.0F, 4.0F, 8.0F}).view({2, 3}));
}

TEST(RecentInputs, RowsMoveAndJoin) {
  RecentInputs inputs(2, 1, 1, at::zeros({1})), more(1, 1, 1, at::zeros({1}));
  inputs.extend(fresh(2, 1, 1), at::ones({2}, at::kLong));
  more.extend(fresh(1, 1, 9), at::ones({1}, at::kLong));
  inputs.append(more);
  inputs.reorder(at::tensor({2, 0, 0}, at::kLong));
  const Tensor next = inputs.extend(fresh(3, 1, 4), at::ones({3}, at::kLong));
  expect_close(next.select(1, 0).squeeze(1), at::tensor({9.0F, 1.0F, 1.0F}));
}

}  // namespace
}  // namespace mynah::nn
