#include "nn/products.h"

#include "kernel_checks.h"

namespace mynah::nn {
namespace {

/// Runs `check` for each variant of the float32 kernels, and once more for bfloat16 where this machine multiplies it.
void for_each_arithmetic(const std::function<void(at::ScalarType)>& check) {
  for_each_variant([&] { check(at::kFloat); });
  SCOPED_TRACE("bfloat16");
  if (bfloat16_products() != nullptr) check(at::kBFloat16);
}

/// The product, in float64, of matrices rounded to `type`.
Tensor exact_product(const Tensor& a, const Tensor& b, at::ScalarType type) {
  return at::mm(a.to(type).to(at::kDouble), b.to(type).to(at::kDouble));
}

void expect_equal_products(std::int64_t rows, std::int64_t columns, std::int64_t depth) {
  SCOPED_TRACE(::testing::Message() << "[" << rows << ", " << depth << "] x [" << depth << ", " << columns << "]");
  const Tensor a = at::randn({rows, depth}), b = at::randn({depth, columns}), bias = at::randn({columns});
  for_each_arithmetic([&](at::ScalarType type) {
    const Tensor right = exact_product(a, b, type);
    const Tensor c = at::full({rows, columns}, NAN);
    PackedMatrix::of(b, type).multiply(a, c);
    EXPECT_LT(distance(c, right), 1e-6);
    PackedMatrix::of(b, type).multiply(a, c, bias);
    EXPECT_LT(distance(c, right + bias), 1e-6);
    if (depth % 16 == 0) {
      PackedMatrix::of_transposed(b.t().contiguous(), type).multiply(a, c);
      EXPECT_LT(distance(c, right), 1e-6);
    }
    const Tensor sum = at::ones({rows, columns});
    add_transposed_product(a.t().contiguous(), b, sum, type);
    EXPECT_LT(distance(sum, right + 1), 1e-6);
  });
}

TEST(Products, EveryVariantEqualsLibTorchForEveryNumberOfRows) {
  for (const std::int64_t rows : {1, 2, 3, 4, 5, 127, 128, 129, 300}) expect_equal_products(rows, 48, 32);
}

TEST(Products, EveryVariantEqualsLibTorchForEveryNumberOfColumns) {
  for (const std::int64_t columns : {16, 32, 48, 64, 80, 112, 144, 256}) expect_equal_products(7, columns, 48);
}

TEST(Products, EveryVariantEqualsLibTorchForEveryDepth) {
  for (const std::int64_t depth : {1, 15, 16, 63, 65, 512, 513, 1040}) expect_equal_products(6, 80, depth);
}

TEST(Products, ColumnsUpToTheUnitAreZero) {
  const Tensor matrix = at::randn({21, 32}), a = at::randn({5, 32});  // 21 columns once transposed
  for_each_arithmetic([&](at::ScalarType type) {
    const PackedMatrix packed = PackedMatrix::of_transposed(matrix, type);
    ASSERT_EQ(packed.width(), 32);
    const Tensor c = at::full({5, 32}, NAN);
    packed.multiply(a, c);
    EXPECT_LT(distance(c.narrow(1, 0, 21), exact_product(a, matrix.t(), type)), 1e-6);
    EXPECT_EQ(c.narrow(1, 21, 11).abs().max().item<float>(), 0);
  });
}

TEST(Products, RowsMayLieApart) {
  const Tensor a = at::randn({9, 50}).narrow(1, 3, 32), b = at::randn({32, 16}), wide = at::zeros({9, 40});
  for_each_arithmetic([&](at::ScalarType type) {
    PackedMatrix::of(b, type).multiply(a, wide.narrow(1, 8, 16));
    EXPECT_LT(distance(wide.narrow(1, 8, 16), exact_product(a, b, type)), 1e-6);
    EXPECT_EQ(wide.narrow(1, 24, 16).abs().max().item<float>(), 0);
  });
}

TEST(Products, RowsOfTheLeftSideAreCountedByTheResult) {
  const Tensor a = at::randn({5, 32}), b = at::randn({5, 16}), sum = at::zeros({21, 16});  // 11 columns of a are not looked at
  for_each_arithmetic([&](at::ScalarType type) {
    sum.zero_();
    add_transposed_product(a, b, sum, type);
    EXPECT_LT(distance(sum, exact_product(a.narrow(1, 0, 21).t(), b, type)), 1e-6);
  });
}

TEST(Products, OfWholeMatricesOfAnySize) {
  for (const auto& [rows, depth, columns] :
       {std::tuple(5, 32, 48), std::tuple(20, 16, 16), std::tuple(7, 20, 32), std::tuple(3, 4, 5)}) {
    const Tensor a = at::randn({rows, depth}), b = at::randn({depth, columns});
    for_each_arithmetic([&, depth = depth, columns = columns](at::ScalarType type) {
      SCOPED_TRACE(::testing::Message() << depth << " x " << columns);
      const double rounded = type == at::kBFloat16 ? 4e-3 : 1e-6;  // a library may round its result as well
      EXPECT_LT(distance(product(a, b, type), exact_product(a, b, type)), rounded);
      EXPECT_LT(distance(product(a.t().contiguous().t(), b.t().contiguous().t(), type), exact_product(a, b, type)), rounded);
      EXPECT_LT(distance(product_with_transpose(a, b.t(), type), exact_product(a, b, type)), rounded);
      EXPECT_LT(distance(product_with_transpose(a, b.t().contiguous(), type), exact_product(a, b, type)), rounded);
    });
  }
}

TEST(Products, FitsWhatTheKernelsKnow) {
  const Tensor x = at::randn({4, 32}), weight = at::randn({16, 32});
  choose_kernels(nullptr);
  EXPECT_EQ(fits_products(x, weight, at::kFloat), kernels().products.are_fast);
  EXPECT_EQ(fits_products(x, weight, at::kBFloat16), bfloat16_products() != nullptr);
  EXPECT_FALSE(fits_products(x.to(at::kDouble), weight.to(at::kDouble), at::kDouble));
  EXPECT_FALSE(fits_products(x.narrow(1, 0, 24), weight.narrow(1, 0, 24), at::kFloat));
}

}  // namespace
}  // namespace mynah::nn
