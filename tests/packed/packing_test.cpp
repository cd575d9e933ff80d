#include "packed/packing.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "../model/random_weights.h"
#include "base/error.h"
#include "packed/parameters.h"
#include "small_network.h"

namespace mynah::packed {
namespace {

/// Where element (column, i) of a packed matrix stands, as kernels.h draws it.
std::size_t place_of(const Matrix& matrix, std::ptrdiff_t column, std::ptrdiff_t i, std::ptrdiff_t per_word) {
  const std::ptrdiff_t word = column / 64 * matrix.words * 64 + i / per_word * 64 + column % 64;
  return static_cast<std::size_t>(word * per_word + i % per_word);
}

TEST(PackMatrix, PutsColumnsSideBySideInPanels) {
  Dense dense{70, 5, {}, std::vector<float>(70, 2)};
  for (int i = 0; i < 350; ++i) dense.values.push_back(static_cast<float>(i));
  model::Weights packed;
  pack_matrix(dense, Precision::float32, "matrix", packed, -1);
  const Matrix matrix = matrix_named(packed, "matrix");
  EXPECT_EQ(matrix.columns, 128);
  EXPECT_EQ(matrix.words, 5);
  const auto* values = reinterpret_cast<const float*>(matrix.panels);
  for (std::ptrdiff_t column = 0; column < 70; ++column) {
    for (std::ptrdiff_t i = 0; i < 5; ++i)
      EXPECT_EQ(values[place_of(matrix, column, i, 1)], dense.values[static_cast<std::size_t>(column * 5 + i)]);
  }
  EXPECT_EQ(values[place_of(matrix, 70, 0, 1)], 0);
  EXPECT_EQ(matrix.bias[69], 2);
  EXPECT_EQ(matrix.bias[70], -1);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(matrix.panels) % 64, 0U);
}

TEST(PackMatrix, QuantisesEachColumnByItsLargest) {
  const Dense dense{3, 5, {1, -2, 0.5F, 0, 0.01F, 0, 0, 0, 0, 0, -254, 127, 1, 3, 2}, {0, 0, 0}};
  model::Weights packed;
  pack_matrix(dense, Precision::int8, "matrix", packed);
  const Matrix matrix = matrix_named(packed, "matrix");
  EXPECT_EQ(matrix.words, 2);
  const auto* values = reinterpret_cast<const std::int8_t*>(matrix.panels);
  const int expected[3][5] = {{64, -127, 32, 0, 1}, {0, 0, 0, 0, 0}, {-127, 64, 1, 2, 1}};  // halves go away from zero
  for (std::ptrdiff_t column = 0; column < 3; ++column) {
    int sum = 0;
    for (std::ptrdiff_t i = 0; i < 5; ++i) {
      EXPECT_EQ(values[place_of(matrix, column, i, 4)], expected[column][i]) << column << ' ' << i;
      sum += expected[column][i];
    }
    EXPECT_EQ(matrix.start[column], -128 * sum);
  }
  EXPECT_FLOAT_EQ(matrix.scales[0], 2.0F / 127);
  EXPECT_EQ(matrix.scales[1], 0);
  EXPECT_FLOAT_EQ(matrix.scales[2], 2);
}

TEST(Pack, NamesWhatIsMissing) {
  model::Weights weights = model::random_weights(small_shape(), 1);
  weights.erase("decoder.layers.1.cross_attention.key.bias");
  EXPECT_THAT(message_of<Error>([&] { pack(small_shape(), weights, Precision::int8); }),
              testing::HasSubstr("decoder.layers.1.cross_attention.key.bias"));
}

TEST(Parameters, KnowTheirSizes) {
  const Parameters parameters = small_parameters(Precision::int8);
  EXPECT_EQ(parameters.d_head, 32);  // 16 features, padded
  EXPECT_EQ(parameters.features(), 96);
  EXPECT_EQ(parameters.encoder.size(), 2U);
  EXPECT_EQ(parameters.decoder.size(), 2U);
  EXPECT_EQ(parameters.decoder[1].self_attention.projections.columns, 320);  // 3 · 96, rounded up
  EXPECT_EQ(parameters.embedding.columns, 128);
  EXPECT_EQ(parameters.encoder[0].feed_forward.gate.columns, 0);
}

}  // namespace
}  // namespace mynah::packed
