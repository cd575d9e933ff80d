#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "base/random.h"
#include "packed/packing.h"
#include "variants.h"

namespace mynah::packed {
namespace {

using Size = std::ptrdiff_t;

std::vector<float> random_floats(Size count, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(4 * random.uniform() - 2);
  return values;
}

/// What int8 words mean: bytes less 128, times the scale.
std::vector<float> meaning_of(const std::vector<std::byte>& words, float scale) {
  std::vector<float> values;
  for (const std::byte byte : words) values.push_back(static_cast<float>(static_cast<int>(byte) - 128) * scale);
  return values;
}

TEST(ToWords, Int8IsWithinHalfAStepAndReachesTheEnds) {
  for_each_variant([](const Kernels& kernels) {
    for (const Size width : {1, 3, 16, 63, 130}) {
      std::vector<float> row = random_floats(width, 1);
      row[static_cast<std::size_t>(width / 2)] = -5;
      std::vector<std::byte> words(static_cast<std::size_t>(width));
      float scale = 0;
      kernels.to_words[0]({row.data(), width}, 1, width, {words.data(), width, &scale});
      EXPECT_FLOAT_EQ(scale, 5.0F / 127);
      EXPECT_EQ(words[static_cast<std::size_t>(width / 2)], std::byte{1});
      const std::vector<float> meant = meaning_of(words, scale);
      for (std::size_t i = 0; i < row.size(); ++i) EXPECT_NEAR(meant[i], row[i], 0.501F * scale);
    }
    std::vector<float> nothing(5);
    std::vector<std::byte> words(5);
    float scale = 1;
    kernels.to_words[0]({nothing.data(), 5}, 1, 5, {words.data(), 5, &scale});
    EXPECT_EQ(scale, 0);
    EXPECT_EQ(words, std::vector<std::byte>(5, std::byte{128}));
  });
}

TEST(ToWords, Bfloat16RoundsToNearestEven) {
  for_each_variant([](const Kernels& kernels) {
    std::vector<float> row = {1, 1 + 1.0F / 256, 1 + 3.0F / 256, -2.0F - 1.0F / 100, 0};
    row.resize(21, 0.1F);
    std::vector<std::uint16_t> words(row.size());
    kernels.to_words[1]({row.data(), 21}, 1, 21, {reinterpret_cast<std::byte*>(words.data()), 42, nullptr});
    const model::Array expected = model::convert(model::make_array(row, {21}), model::DataType::bfloat16);
    EXPECT_EQ(std::memcmp(words.data(), expected.bytes.data(), expected.bytes.size()), 0);
  });
}

/// Against layer normalisation in float64, in both places that the norm may stand.
TEST(Settle, AddsAndNormalises) {
  for_each_variant([](const Kernels& kernels) {
    for (const Size width : {5, 48, 130}) {
      const std::vector<float> stream = random_floats(2 * width, 2), added = random_floats(2 * width, 3);
      std::vector<float> scale = random_floats(width, 4), shift = random_floats(width, 5);
      for (const bool in_place : {true, false}) {
        std::vector<float> x = stream, y = added, words(static_cast<std::size_t>(2 * width));
        const FloatRows stream_rows{x.data(), width}, added_rows{y.data(), width};
        kernels.settle[2]({.rows = 2,
                           .width = width,
                           .stream = stream_rows,
                           .added = added_rows,
                           .scale = scale.data(),
                           .shift = shift.data(),
                           .normalised = in_place ? stream_rows : added_rows,
                           .words = {reinterpret_cast<std::byte*>(words.data()), width * kWordBytes, nullptr}});
        for (std::size_t row = 0; row < 2; ++row) {
          const auto w = static_cast<std::size_t>(width), first = row * w;
          double mean = 0, variance = 0;
          const auto sum = [&](std::size_t i) {
            return static_cast<double>(stream[first + i]) + static_cast<double>(added[first + i]);
          };
          for (std::size_t i = 0; i < w; ++i) mean += sum(i) / static_cast<double>(w);
          for (std::size_t i = 0; i < w; ++i) variance += std::pow(sum(i) - mean, 2) / static_cast<double>(w);
          for (std::size_t i = 0; i < w; ++i) {
            const double expected =
                (sum(i) - mean) / std::sqrt(variance + 1e-5) * static_cast<double>(scale[i]) + static_cast<double>(shift[i]);
            EXPECT_NEAR(words[first + i], expected, 1e-5);
            EXPECT_NEAR(x[first + i], in_place ? expected : sum(i), 1e-5);
          }
        }
      }
    }
  });
}

TEST(Embed, TakesColumnsOfTheTable) {
  const Dense dense{70, 37, random_floats(70 * 37, 6), random_floats(70, 7)};
  const std::vector<float> positions = random_floats(2 * 37, 8);
  for (const auto& [precision, tolerance] :
       {std::pair(Precision::float32, 1e-5), {Precision::bfloat16, 0.05}, {Precision::int8, 0.06}}) {
    model::Weights packed;
    pack_matrix(dense, precision, "table", packed);
    const Matrix table = matrix_named(packed, "table");
    for_each_variant([&](const Kernels& kernels) {
      const std::int32_t tokens[] = {69, 3};
      const float* const position_of[] = {positions.data(), positions.data() + 37};
      std::vector<float> stream(2 * 37);
      kernels.embed[static_cast<std::size_t>(precision)]({.table = &table,
                                                          .tokens = tokens,
                                                          .positions = position_of,
                                                          .rows = 2,
                                                          .width = 37,
                                                          .factor = 3,
                                                          .stream = {stream.data(), 37}});
      for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t i = 0; i < 37; ++i) {
          const float value = dense.values[static_cast<std::size_t>(tokens[row]) * 37 + i];
          EXPECT_NEAR(stream[row * 37 + i], 3 * value + positions[row * 37 + i], tolerance);
        }
      }
    });
  }
}

}  // namespace
}  // namespace mynah::packed
