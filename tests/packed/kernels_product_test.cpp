#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "packed/packing.h"
#include "variants.h"

namespace mynah::packed {
namespace {

using Size = std::ptrdiff_t;

struct alignas(64) Sums {
  std::int32_t values[kTileRows * kPanelColumns];
};

/// Integers between −127 and 127, the ends more often than the rest.
std::vector<std::int8_t> integers(Size count, Random& random) {
  std::vector<std::int8_t> values(static_cast<std::size_t>(count));
  for (std::int8_t& value : values) {
    const double draw = 2 * random.uniform() - 1;
    value = static_cast<std::int8_t>(std::clamp(std::lround(draw * 160), -127L, 127L));
  }
  return values;
}

/// Whole numbers times 127 / 127: packing keeps them as they are, since each column holds a 127.
Matrix pack_integers(const std::vector<std::int8_t>& values, Size columns, Size depth, model::Weights& packed) {
  Dense dense{columns, depth, std::vector<float>(values.begin(), values.end()),
              std::vector<float>(static_cast<std::size_t>(columns))};
  pack_matrix(dense, Precision::int8, "matrix", packed);
  return matrix_named(packed, "matrix");
}

/// Rows [rows, depth] of integers times weights [columns, depth], in every variant against sums written out.
void check_product(Size rows, Size columns, Size depth, Random& random) {
  SCOPED_TRACE(testing::Message() << rows << " × " << columns << " over " << depth);
  const std::vector<std::int8_t> left = integers(rows * depth, random);
  std::vector<std::int8_t> right = integers(columns * depth, random);
  for (Size column = 0; column < columns; ++column) right[static_cast<std::size_t>(column * depth)] = 127;
  model::Weights packed;
  const Matrix matrix = pack_integers(right, columns, depth, packed);

  const Size step = matrix.words * kWordBytes;
  std::vector<std::byte> words(static_cast<std::size_t>(rows * step), std::byte{128});
  for (Size row = 0; row < rows; ++row) {
    for (Size i = 0; i < depth; ++i) {
      words[static_cast<std::size_t>(row * step + i)] =
          static_cast<std::byte>(left[static_cast<std::size_t>(row * depth + i)] + 128);
    }
  }
  std::vector<std::int32_t> expected(static_cast<std::size_t>(rows * columns));
  for (Size row = 0; row < rows; ++row) {
    for (Size column = 0; column < columns; ++column) {
      const std::int8_t *a = left.data() + row * depth, *b = right.data() + column * depth;
      std::int32_t sum = 0;
      for (Size i = 0; i < depth; ++i) sum += a[i] * b[i];
      expected[static_cast<std::size_t>(row * columns + column)] = sum;
    }
  }
  for_each_variant([&](const Kernels& kernels) {
    Sums sums;
    Size wrong = 0;
    for (Size row = 0; row < rows; row += kTileRows) {
      const Size count = std::min(kTileRows, rows - row);
      for (Size column = 0; column < columns; column += kPanelColumns) {
        kernels.tile[0]({words.data() + row * step, step, count, matrix.panels + column * step, matrix.words,
                         matrix.start + column, sums.values});
        for (Size i = 0; i < count; ++i) {
          for (Size j = 0; j < std::min(kPanelColumns, columns - column); ++j) {
            wrong += sums.values[i * kPanelColumns + j] != expected[static_cast<std::size_t>((row + i) * columns + column + j)];
          }
        }
      }
    }
    EXPECT_EQ(wrong, 0);
  });
}

TEST(Int8Product, IsExactInEachDimension) {
  Random random(1);
  constexpr Size kOthers[] = {1, 63, 64, 65, 130};
  for (Size size = 1; size <= 130; ++size) {
    for (const Size a : kOthers) {
      for (const Size b : kOthers) {
        check_product(size, a, b, random);
        check_product(a, size, b, random);
        check_product(a, b, size, random);
      }
    }
  }
}

TEST(Int8Product, IsExactForRandomSizes) {
  Random random(2);
  const auto size = [&] { return 1 + static_cast<Size>(random.uniform() * 130); };
  for (int triple = 0; triple < 2000; ++triple) check_product(size(), size(), size(), random);
}

TEST(Int8Product, HoldsTheLargestSums) {
  Random random(3);
  check_product(7, 65, 16384, random);
}

/// The sums of float kinds, against float64.
void check_float_product(Precision precision, double tolerance) {
  Random random(4);
  const Size rows = 13, columns = 70, depth = 37;
  const auto draw = [&](Size count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) value = static_cast<float>(2 * random.uniform() - 1);
    return values;
  };
  const std::vector<float> left = draw(rows * depth);
  const Dense dense{columns, depth, draw(columns * depth), draw(columns)};
  model::Weights packed;
  pack_matrix(dense, precision, "matrix", packed);
  const Matrix matrix = matrix_named(packed, "matrix");
  const auto which = static_cast<std::size_t>(precision);
  for_each_variant([&](const Kernels& kernels) {
    std::vector<std::byte> words(static_cast<std::size_t>(rows * matrix.words * kWordBytes));
    std::vector<float> scales(static_cast<std::size_t>(rows)), output(static_cast<std::size_t>(rows * matrix.columns));
    std::vector<float> from = left;
    const WordRows word_rows{words.data(), matrix.words * kWordBytes, scales.data()};
    kernels.to_words[which]({from.data(), depth}, rows, depth, word_rows);
    kernels.linear[which]({word_rows, rows, &matrix, {output.data(), matrix.columns}, Finish::none});
    for (Size row = 0; row < rows; ++row) {
      for (Size column = 0; column < columns; ++column) {
        double sum = static_cast<double>(dense.bias[static_cast<std::size_t>(column)]);
        for (Size i = 0; i < depth; ++i) {
          sum += static_cast<double>(left[static_cast<std::size_t>(row * depth + i)]) *
                 static_cast<double>(dense.values[static_cast<std::size_t>(column * depth + i)]);
        }
        EXPECT_NEAR(output[static_cast<std::size_t>(row * matrix.columns + column)], sum, tolerance) << row << ' ' << column;
      }
    }
  });
}

TEST(Product, InFloat32IsPrecise) { check_float_product(Precision::float32, 1e-5); }
TEST(Product, InBfloat16IsRoundedOnce) { check_float_product(Precision::bfloat16, 0.04); }
TEST(Product, InInt8IsQuantisedOnce) { check_float_product(Precision::int8, 0.1); }

}  // namespace
}  // namespace mynah::packed
