// Named, typed, shaped arrays; the canonical names are the networks' own ("encoder.layers.0.self_attention.query.weight").
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::model {

enum class DataType { float32, float16, bfloat16, int8, int32, int64, uint8, float64 };
std::size_t size_of(DataType type);
std::string name_of(DataType type);  // safetensors' spelling: "F32", "F16", "BF16", "I8" …
std::optional<DataType> type_named(std::string_view name);
/// Whether to_float() and convert() take it: float32, float16, bfloat16.
bool holds_floats(DataType type);

/// A view of one array, row-major; `owner` keeps the memory (often a mapped file) alive.
struct Array {
  DataType type = DataType::float32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> owner;
  std::int64_t elements() const;
};

/// Arrays by canonical name, in name order.
using Weights = std::map<std::string, Array>;

/// An array that owns a copy of the values.
Array make_array(std::span<const float> values, std::vector<std::int64_t> shape);
/// The values as float32, whatever they are stored as (float32, float16 or bfloat16). Throws Error for other types.
std::vector<float> to_float(const Array& array);
/// The same values stored as `type` (float32, float16 or bfloat16; rounded to nearest even).
Array convert(const Array& array, DataType type);

}  // namespace mynah::model
