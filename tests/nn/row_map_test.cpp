#include "nn/row_map.h"

#include "kernel_checks.h"

namespace mynah::nn {
namespace {

constexpr std::int64_t kEmpty = RowMap::kEmpty;

TEST(RowMap, CopiesRowsAndLeavesPlacesEmpty) {
  const Tensor x = at::arange(6, at::kFloat).view({3, 2});
  const Tensor expected = at::stack({x[2], at::zeros(2), x[0], x[2]});
  EXPECT_TRUE(at::equal(RowMap({2, kEmpty, 0, 2}, 3, at::kCPU)(x), expected));
  EXPECT_TRUE(at::equal(RowMap({1, 0, 2}, 3, at::kCPU)(x), at::stack({x[1], x[0], x[2]})));
}

TEST(RowMap, GradientsGoBackToWhereRowsCameFrom) {
  for (const std::vector<std::int64_t>& rows :
       {std::vector<std::int64_t>{2, 0, 1}, {0, kEmpty, 0, 2, 0, kEmpty}, {kEmpty, 1, 1, 1}, {0, 1}}) {
    const RowMap map(rows, 3, at::kCPU);
    expect_gradients([&](const Tensors& x) { return map(x[0]); }, {at::randn({3, 2})});
  }
}

}  // namespace
}  // namespace mynah::nn
