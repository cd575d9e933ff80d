#include "model/weights.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/error.h"

namespace mynah::model {
namespace {

struct TypeRow {
  DataType type;
  std::size_t size;
  const char* name;
};

constexpr std::array<TypeRow, 8> kTypes = {{{DataType::float32, 4, "F32"},
                                            {DataType::float16, 2, "F16"},
                                            {DataType::bfloat16, 2, "BF16"},
                                            {DataType::int8, 1, "I8"},
                                            {DataType::int32, 4, "I32"},
                                            {DataType::int64, 8, "I64"},
                                            {DataType::uint8, 1, "U8"},
                                            {DataType::float64, 8, "F64"}}};

const TypeRow& row_of(DataType type) { return *std::ranges::find(kTypes, type, &TypeRow::type); }

// The value divided by 2^shift, rounded to nearest, ties to even.
std::uint32_t shift_rounded(std::uint32_t value, int shift) {
  const std::uint32_t half = 1U << (shift - 1);
  const std::uint32_t odd = (value >> shift) & 1U;
  return (value + half - 1 + odd) >> shift;
}

std::uint16_t to_bfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const bool nan = (bits & 0x7fffffffU) > 0x7f800000U;
  return static_cast<std::uint16_t>(nan ? (bits >> 16) | 0x40U : shift_rounded(bits, 16));
}

float from_bfloat16(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

std::uint16_t to_float16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000U;
  const std::uint32_t magnitude = bits & 0x7fffffffU;
  const int exponent = static_cast<int>(magnitude >> 23) - 127;
  std::uint32_t half = 0x7c00U;  // infinity
  if (magnitude > 0x7f800000U) {
    half = 0x7e00U;  // NaN
  } else if (exponent < -25) {
    half = 0;
  } else if (exponent < -14) {  // subnormal: the significand, its leading one written out, counts steps of 2^-24
    half = shift_rounded((magnitude & 0x7fffffU) | 0x800000U, -1 - exponent);
  } else if (exponent < 16) {  // a carry out of the significand moves the exponent up, to infinity at last, as it should
    half = shift_rounded(magnitude - (112U << 23), 13);
  }
  return static_cast<std::uint16_t>(sign | half);
}

/// A half's bits, moved to where a float has them, are the value divided by 2^112, whether normal or not.
float from_float16(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16;
  const std::uint32_t magnitude = bits & 0x7fffU;
  const std::uint32_t value = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude << 13) * 0x1p112F);
  return std::bit_cast<float>(sign | (magnitude >= 0x7c00U ? 0x7f800000U | magnitude << 13 : value));
}

template <class Stored, class Decode>
std::vector<float> decoded(std::span<const std::byte> bytes, Decode decode) {
  std::vector<float> values(bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = decode(stored);
  }
  return values;
}

template <class Stored>
Array owning(std::vector<Stored> values, DataType type, std::vector<std::int64_t> shape) {
  auto owner = std::make_shared<const std::vector<Stored>>(std::move(values));
  Array array{type, std::move(shape), std::as_bytes(std::span(*owner)), owner};
  ensure(array.bytes.size() == static_cast<std::size_t>(array.elements()) * size_of(type),
         "array has as many values as its shape");
  return array;
}

template <class Encode>
Array encoded(const std::vector<float>& values, const Array& like, DataType type, Encode encode) {
  std::vector<std::uint16_t> stored(values.size());
  std::ranges::transform(values, stored.begin(), encode);
  return owning(std::move(stored), type, like.shape);
}

}  // namespace

std::size_t size_of(DataType type) { return row_of(type).size; }

std::string name_of(DataType type) { return row_of(type).name; }

std::optional<DataType> type_named(std::string_view name) {
  const auto* row = std::ranges::find(kTypes, name, &TypeRow::name);
  return row == kTypes.end() ? std::nullopt : std::optional(row->type);
}

bool holds_floats(DataType type) { return type == DataType::float32 || type == DataType::float16 || type == DataType::bfloat16; }

std::int64_t Array::elements() const {
  std::int64_t product = 1;
  for (const std::int64_t length : shape) product *= length;
  return product;
}

Array make_array(std::span<const float> values, std::vector<std::int64_t> shape) {
  return owning(std::vector<float>(values.begin(), values.end()), DataType::float32, std::move(shape));
}

std::vector<float> to_float(const Array& array) {
  switch (array.type) {
    case DataType::float32:
      return decoded<float>(array.bytes, [](float value) { return value; });
    case DataType::float16:
      return decoded<std::uint16_t>(array.bytes, from_float16);
    case DataType::bfloat16:
      return decoded<std::uint16_t>(array.bytes, from_bfloat16);
    default:
      throw Error(concat("an array of type ", name_of(array.type), " stands where F32, F16 or BF16 is expected"));
  }
}

Array convert(const Array& array, DataType type) {
  if (array.type == type) return array;
  ensure(holds_floats(type), "arrays are converted to floating-point types only");
  std::vector<float> values = to_float(array);
  if (type == DataType::float16) return encoded(values, array, type, to_float16);
  if (type == DataType::bfloat16) return encoded(values, array, type, to_bfloat16);
  return owning(std::move(values), type, array.shape);
}

}  // namespace mynah::model
