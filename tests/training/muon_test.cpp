#include "training/muon.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "reference_muon.h"

namespace mynah::training {
namespace {

at::Tensor matrix(std::int64_t rows, std::int64_t columns, double spread) {
  const at::Tensor values = at::sin(at::arange(rows * columns, at::kDouble).square() * 0.37).reshape({rows, columns});
  const auto [left, sizes, right] = at::linalg_svd(values, false);
  return left.matmul(at::diag(at::logspace(0, -spread, sizes.numel(), 10, at::kDouble))).matmul(right);
}

TEST(Orthogonalized, IsThePolynomialOfTheSingularValues) {
  for (const auto& [rows, columns] : {std::pair(8, 8), std::pair(5, 17), std::pair(40, 12), std::pair(2, 3), std::pair(32, 48)}) {
    const at::Tensor given = matrix(rows, columns, 1.5);
    const at::Tensor found = orthogonalized(given.to(at::kFloat), at::kFloat).to(at::kDouble);
    EXPECT_LT((found - reference_orthogonalized(given)).abs().max().item<double>(), 1e-4) << rows << " × " << columns;
  }
}

TEST(Orthogonalized, SingularValuesAreAboutOneInEitherPrecision) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    for (const auto& [rows, columns] : {std::pair(30, 50), std::pair(64, 32)}) {
      const at::Tensor sizes = at::linalg_svdvals(orthogonalized(matrix(rows, columns, 1.2).to(at::kFloat), type));
      EXPECT_GT(sizes.min().item<double>(), 0.65) << type;
      EXPECT_LT(sizes.max().item<double>(), 1.25) << type;
    }
  }
}

TEST(Orthogonalized, ZerosStayZeros) { EXPECT_EQ(orthogonalized(at::zeros({4, 6}), at::kFloat).abs().sum().item<float>(), 0); }

}  // namespace
}  // namespace mynah::training
