#include "nn/products.h"

#include "kernel_checks.h"

namespace mynah::nn {
namespace {

void expect_equal_products(std::int64_t rows, std::int64_t columns, std::int64_t depth) {
  SCOPED_TRACE(::testing::Message() << "[" << rows << ", " << depth << "] x [" << depth << ", " << columns << "]");
  const Tensor a = at::randn({rows, depth}), b = at::randn({depth, columns}), bias = at::randn({columns});
  const Tensor right = at::mm(a.to(at::kDouble), b.to(at::kDouble));
  for_each_variant([&] {
    const Tensor c = at::full({rows, columns}, NAN);
    PackedMatrix::of(b).multiply(a, c);
    EXPECT_LT(distance(c, right), 1e-6);
    PackedMatrix::of(b).multiply(a, c, bias);
    EXPECT_LT(distance(c, right + bias), 1e-6);
    if (depth % 16 == 0) {
      PackedMatrix::of_transposed(b.t().contiguous()).multiply(a, c);
      EXPECT_LT(distance(c, right), 1e-6);
    }
    const Tensor sum = at::ones({rows, columns});
    add_transposed_product(a.t().contiguous(), b, sum);
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
  for_each_variant([&] {
    const PackedMatrix packed = PackedMatrix::of_transposed(matrix);
    ASSERT_EQ(packed.width(), 32);
    const Tensor c = at::full({5, 32}, NAN);
    packed.multiply(a, c);
    EXPECT_LT(distance(c.narrow(1, 0, 21), at::mm(a, matrix.t())), 1e-6);
    EXPECT_EQ(c.narrow(1, 21, 11).abs().max().item<float>(), 0);
  });
}

TEST(Products, RowsMayLieApart) {
  const Tensor a = at::randn({9, 50}).narrow(1, 3, 32), b = at::randn({32, 16}), wide = at::zeros({9, 40});
  for_each_variant([&] {
    PackedMatrix::of(b).multiply(a, wide.narrow(1, 8, 16));
    EXPECT_LT(distance(wide.narrow(1, 8, 16), at::mm(a, b)), 1e-6);
    EXPECT_EQ(wide.narrow(1, 24, 16).abs().max().item<float>(), 0);
  });
}

TEST(Products, FitsWhatTheKernelsKnow) {
  const Tensor x = at::randn({4, 32}), weight = at::randn({16, 32});
  choose_kernels(nullptr);
  EXPECT_EQ(fits_products(x, weight), kernels().multiplies_fast);
  EXPECT_FALSE(fits_products(x.to(at::kDouble), weight.to(at::kDouble)));
  EXPECT_FALSE(fits_products(x.narrow(1, 0, 24), weight.narrow(1, 0, 24)));
}

}  // namespace
}  // namespace mynah::nn
