#include "model/weights.h"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/random.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

__extension__ using Half = _Float16;  // the compiler's own half precision, rounded to nearest even

template <class Stored>
std::vector<Stored> stored_values(const Array& array) {
  std::vector<Stored> values(array.bytes.size() / sizeof(Stored));
  std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
  return values;
}

/// Ordinary values, and floats of every exponent, ties and their neighbours among them.
std::vector<float> probing_values() {
  std::vector<float> values = {0.0F,
                               -0.0F,
                               1.0F,
                               65504.0F,
                               65519.9F,
                               65520.0F,
                               1e30F,
                               0x1p-14F,
                               0x1p-24F,
                               0x1p-25F,
                               0x1.000002p-25F,
                               0x1p-26F,
                               std::numeric_limits<float>::infinity(),
                               -std::numeric_limits<float>::infinity()};
  Random random(7);
  for (int i = 0; i < 200'000; ++i) {
    const auto bits = static_cast<std::uint32_t>(random());
    values.push_back(std::bit_cast<float>(bits));
    values.push_back(std::bit_cast<float>((bits & 0xffffe000U) | 0x1000U));  // a tie in half precision, normal numbers
    values.push_back(std::bit_cast<float>((bits & 0xffff0000U) | 0x8000U));  // a tie in bfloat16
    values.push_back(static_cast<float>(static_cast<int>(random.below(8192)) - 4096) * 0x1p-25F);  // half precision's subnormals
  }
  std::erase_if(values, [](float value) { return std::isnan(value); });
  return values;
}

Array array_of(const std::vector<float>& values) { return make_array(values, {static_cast<std::int64_t>(values.size())}); }

TEST(Weights, HalfPrecisionRoundsAsTheCompilerDoes) {
  const auto values = probing_values();
  const auto halves = stored_values<std::uint16_t>(convert(array_of(values), DataType::float16));
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(halves[i], std::bit_cast<std::uint16_t>(static_cast<Half>(values[i]))) << values[i];
  }
}

TEST(Weights, EveryHalfReadsAsTheCompilerDoes) {
  std::vector<std::uint16_t> halves(65536);
  for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i);
  const auto floats = to_float({DataType::float16, {65536}, std::as_bytes(std::span(halves)), nullptr});
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const auto expected = static_cast<float>(std::bit_cast<Half>(halves[i]));
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(floats[i])) << i;
    } else {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(floats[i]), std::bit_cast<std::uint32_t>(expected)) << i;
    }
  }
}

TEST(Weights, Bfloat16IsTheNearestWithTiesToEven) {
  const auto values = probing_values();
  const Array stored = convert(array_of(values), DataType::bfloat16);
  const auto bits = stored_values<std::uint16_t>(stored);
  const auto back = to_float(stored);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isinf(values[i]) || std::isinf(back[i])) {
      const bool rounds_up_to_infinity = std::abs(static_cast<double>(values[i])) >= 0x1.ffp127;
      ASSERT_EQ(std::isinf(back[i]), rounds_up_to_infinity) << values[i];
      continue;
    }
    // The step between neighbours is 2^(exponent - 7), never less than the smallest subnormal, 2^-133.
    const double step = std::max(std::ldexp(1.0, std::ilogb(values[i] == 0 ? 1e-45F : values[i]) - 7), 0x1p-133);
    const double error = std::abs(static_cast<double>(values[i]) - static_cast<double>(back[i]));
    ASSERT_LE(error, step / 2) << values[i];
    ASSERT_TRUE(error < step / 2 || bits[i] % 2 == 0) << values[i];
  }
}

TEST(Weights, NotANumberStaysOne) {
  for (const std::uint32_t bits : {0x7fc00000U, 0x7f800001U, 0xffffffffU}) {
    for (const DataType type : {DataType::float16, DataType::bfloat16}) {
      EXPECT_TRUE(std::isnan(to_float(convert(array_of({std::bit_cast<float>(bits)}), type))[0])) << bits;
    }
  }
}

TEST(Weights, ArraysKeepShapeAndOwnTheirValues) {
  Array array;
  {
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    array = make_array(values, {2, 3});
  }
  EXPECT_EQ(array.elements(), 6);
  EXPECT_THAT(to_float(array), ElementsAre(1, 2, 3, 4, 5, 6));
  const Array half = convert(array, DataType::float16);
  EXPECT_THAT(half.shape, ElementsAre(2, 3));
  EXPECT_EQ(half.bytes.size(), 12U);
  EXPECT_THAT(to_float(convert(half, DataType::float32)), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Weights, ConversionToTheSameTypeCopiesNothing) {
  const Array array = array_of({1, 2});
  EXPECT_EQ(convert(array, DataType::float32).bytes.data(), array.bytes.data());
}

TEST(Weights, ScalarsAndEmptyArraysCountTheirElements) {
  EXPECT_EQ(make_array(std::vector<float>{3}, {}).elements(), 1);
  EXPECT_EQ(make_array(std::vector<float>{}, {0, 5}).elements(), 0);
}

TEST(Weights, WholeNumbersAreNoFloats) {
  const std::vector<std::int64_t> numbers = {1, 2};
  const Array array{DataType::int64, {2}, std::as_bytes(std::span(numbers)), nullptr};
  EXPECT_THAT(message_of<Error>([&] { to_float(array); }), AllOf(HasSubstr("I64"), HasSubstr("F32")));
}

TEST(Weights, TypesAreFoundByTheirNames) {
  for (const char* name : {"F32", "F16", "BF16", "I8", "I32", "I64", "U8", "F64"}) EXPECT_EQ(name_of(*type_named(name)), name);
  EXPECT_EQ(type_named("F8_E4M3"), std::nullopt);
  EXPECT_EQ(size_of(DataType::bfloat16), 2U);
  EXPECT_EQ(size_of(DataType::float64), 8U);
}

}  // namespace
}  // namespace mynah::model
