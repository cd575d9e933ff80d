#include "packed/packing.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <new>
#include <utility>

#include "base/error.h"
#include "model/layout.h"

namespace mynah::packed {
namespace {

using model::Array;
using model::DataType;

std::ptrdiff_t rounded_up(std::ptrdiff_t count, std::ptrdiff_t unit) { return (count + unit - 1) / unit * unit; }

constexpr std::align_val_t kLine{64};  // a cache line, so that no vector that is read lies in two

template <class Element>
Array array_of(const std::vector<Element>& elements, DataType type, std::vector<std::int64_t> shape) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(elements));
  const std::shared_ptr<std::byte> owner(static_cast<std::byte*>(::operator new(bytes.size(), kLine)),
                                         [](std::byte* memory) { ::operator delete(memory, kLine); });
  std::ranges::copy(bytes, owner.get());
  return {type, std::move(shape), {owner.get(), bytes.size()}, owner};
}

struct PanelForm {
  std::ptrdiff_t per_word, element_bytes;
  DataType type;
};

PanelForm form_of(Precision precision) {
  switch (precision) {
    case Precision::int8:
      return {4, 1, DataType::int8};
    case Precision::bfloat16:
      return {2, 2, DataType::bfloat16};
    default:
      return {1, 4, DataType::float32};
  }
}

/// Puts each element of [columns, depth] where a panel wants it: [columns / 64, words, 64, per_word].
Array panels_of(const std::byte* elements, const Dense& matrix, Precision precision) {
  const auto [per_word, bytes, type] = form_of(precision);
  const std::ptrdiff_t panels = rounded_up(matrix.columns, kPanelColumns) / kPanelColumns;
  const std::ptrdiff_t words = rounded_up(matrix.depth, per_word) / per_word;
  std::vector<std::byte> packed(static_cast<std::size_t>(panels * words * kPanelColumns * kWordBytes));
  for (std::ptrdiff_t column = 0; column < matrix.columns; ++column) {
    std::byte* panel = packed.data() + column / kPanelColumns * words * kPanelColumns * kWordBytes;
    for (std::ptrdiff_t word = 0; word < words; ++word) {
      const std::ptrdiff_t first = word * per_word, count = std::min(per_word, matrix.depth - first);
      std::memcpy(panel + (word * kPanelColumns + column % kPanelColumns) * kWordBytes,
                  elements + (column * matrix.depth + first) * bytes, static_cast<std::size_t>(count * bytes));
    }
  }
  return array_of(packed, type, {panels, words, kPanelColumns, per_word});
}

/// Magnitudes are compared as integers, which sort alike and which compilers know to compare side by side.
float largest_magnitude(std::span<const float> values) {
  std::int32_t highest = 0;
  for (const float value : values) highest = std::max(highest, std::bit_cast<std::int32_t>(value) & 0x7fffffff);
  return std::bit_cast<float>(highest);
}

/// Symmetric per column: the largest magnitude becomes 127, halves go away from zero.
struct Quantised {
  std::vector<std::int8_t> values;
  std::vector<float> scales;
  std::vector<std::int32_t> start;
};

Quantised quantised(const Dense& matrix) {
  const auto columns = static_cast<std::size_t>(rounded_up(matrix.columns, kPanelColumns));
  Quantised result{std::vector<std::int8_t>(matrix.values.size()), std::vector<float>(columns),
                   std::vector<std::int32_t>(columns)};
  for (std::size_t column = 0; column < static_cast<std::size_t>(matrix.columns); ++column) {
    const std::size_t depth = static_cast<std::size_t>(matrix.depth), first = column * depth;
    const float highest = largest_magnitude(std::span(matrix.values).subspan(first, depth));
    result.scales[column] = highest / 127;
    if (!(highest > 0)) continue;
    std::int32_t sum = 0;
    for (std::size_t i = first; i < first + depth; ++i) {
      const float value = matrix.values[i] * (127 / highest);
      const auto rounded = static_cast<std::int32_t>(value + std::copysign(0.5F, value));
      result.values[i] = static_cast<std::int8_t>(rounded);
      sum += rounded;
    }
    result.start[column] = -128 * sum;
  }
  return result;
}

/// Reads a model's linear maps into dense matrices, heads padded.
class Reader {
 public:
  Reader(const model::Shape& shape, const model::Weights& weights)
      : weights_(weights), heads_(shape.heads), d_head_(shape.d_model / shape.heads), padded_(padded_head(shape)) {}

  Dense linear(const std::string& name) const {
    const Array& weight = weights_.at(name + ".weight");
    return {weight.shape[0], weight.shape[1], model::to_float(weight), model::to_float(weights_.at(name + ".bias"))};
  }
  /// Columns of `parts` side by side, each head padded.
  Dense projections(const std::string& name, std::initializer_list<const char*> parts) const;
  /// Reads what heads have written: its depth is padded as they are.
  Dense head_reader(const std::string& name) const;

 private:
  const model::Weights& weights_;
  std::ptrdiff_t heads_, d_head_, padded_;
};

Dense Reader::projections(const std::string& name, std::initializer_list<const char*> parts) const {
  Dense all;
  for (const std::string part : parts) {
    const Dense one = linear(name + part);
    const float factor = part == ".query" ? 1 / std::sqrt(static_cast<float>(d_head_)) : 1;
    all.depth = one.depth;
    all.columns += heads_ * padded_;
    for (std::ptrdiff_t head = 0; head < heads_; ++head) {
      const auto values = one.values.begin() + head * d_head_ * one.depth;
      const auto bias = one.bias.begin() + head * d_head_;
      const auto scaled = [factor](float value) { return value * factor; };
      std::transform(values, values + d_head_ * one.depth, std::back_inserter(all.values), scaled);
      std::transform(bias, bias + d_head_, std::back_inserter(all.bias), scaled);
      all.values.resize(all.values.size() + static_cast<std::size_t>((padded_ - d_head_) * one.depth));
      all.bias.resize(all.bias.size() + static_cast<std::size_t>(padded_ - d_head_));
    }
  }
  return all;
}

Dense Reader::head_reader(const std::string& name) const {
  const Dense narrow = linear(name);
  Dense wide{narrow.columns, heads_ * padded_, {}, narrow.bias};
  wide.values.resize(static_cast<std::size_t>(wide.columns * wide.depth));
  for (std::ptrdiff_t column = 0; column < wide.columns; ++column) {
    for (std::ptrdiff_t head = 0; head < heads_; ++head) {
      std::copy_n(narrow.values.begin() + column * narrow.depth + head * d_head_, d_head_,
                  wide.values.begin() + column * wide.depth + head * padded_);
    }
  }
  return wide;
}

class Packer {
 public:
  Packer(const model::Shape& shape, const model::Weights& weights, Precision precision)
      : shape_(shape), weights_(weights), reader_(shape, weights), precision_(precision) {}

  void embedding() {
    constexpr float kNever = -std::numeric_limits<float>::infinity();
    Dense table{shape_.vocabulary, shape_.d_model, model::to_float(weights_.at("embedding.weight")),
                model::to_float(weights_.at("output_bias"))};
    table.bias.back() = kNever;  // `<pad>`
    pack_matrix(table, precision_, "embedding", packed_, kNever);
  }
  void stack(const std::string& name, int layers, bool decoder) {
    for (int layer = 0; layer < layers; ++layer) {
      const std::string prefix = concat(name, ".layers.", layer, ".");
      self_attention(prefix + "self_attention");
      if (decoder) cross_attention(prefix + "cross_attention");
      feed_forward(prefix + "feed_forward");
    }
    if (shape_.pre_norm) norm(name + ".norm");
  }
  model::Weights take() { return std::move(packed_); }

 private:
  void self_attention(const std::string& name) {
    add(reader_.projections(name, {".query", ".key", ".value"}), name + ".projections");
    add(reader_.head_reader(name + ".output"), name + ".output");
    norm(name + "_norm");
  }
  void cross_attention(const std::string& name) {
    add(reader_.projections(name, {".query"}), name + ".query");
    add(reader_.projections(name, {".key", ".value"}), name + ".memory");
    add(reader_.head_reader(name + ".output"), name + ".output");
    norm(name + "_norm");
  }
  void feed_forward(const std::string& name) {
    for (const char* part : {".inner", ".outer"}) add(reader_.linear(name + part), name + part);
    if (shape_.activation == "swiglu") add(reader_.linear(name + ".gate"), name + ".gate");
    norm(name + "_norm");
  }
  void add(const Dense& matrix, const std::string& name) { pack_matrix(matrix, precision_, name, packed_); }
  void norm(const std::string& name) {
    for (const char* part : {".weight", ".bias"})
      packed_[name + part] = model::convert(weights_.at(name + part), DataType::float32);
  }

  const model::Shape& shape_;
  const model::Weights& weights_;
  Reader reader_;
  Precision precision_;
  model::Weights packed_;
};

const std::byte* bytes_of(const model::Weights& packed, const std::string& name) {
  const auto found = packed.find(name);
  return found == packed.end() ? nullptr : found->second.bytes.data();
}

const Array& checked_array(const model::Weights& packed, const std::string& name, DataType type,
                           const std::vector<std::int64_t>& shape) {
  const auto found = packed.find(name);
  if (found == packed.end()) throw Error(concat("packed weights: '", name, "' is missing"));
  const Array& array = found->second;
  if (array.type == type && array.shape == shape) return array;
  throw Error(concat("packed weights: '", name, "' is ", model::name_of(array.type), " ", model::shape_text(array.shape),
                     ", but the network needs ", model::name_of(type), " ", model::shape_text(shape)));
}

}  // namespace

bool can_pack(const model::Shape& shape) { return shape.type == "transformer"; }

std::ptrdiff_t padded_head(const model::Shape& shape) { return rounded_up(shape.d_model / shape.heads, kHeadUnit); }

void pack_matrix(const Dense& matrix, Precision precision, const std::string& name, model::Weights& packed, float beyond) {
  const std::ptrdiff_t columns = rounded_up(matrix.columns, kPanelColumns);
  std::vector<float> bias = matrix.bias;
  bias.resize(static_cast<std::size_t>(columns), beyond);
  packed[name + ".bias"] = array_of(bias, DataType::float32, {columns});
  if (precision == Precision::int8) {
    const Quantised form = quantised(matrix);
    packed[name + ".panels"] = panels_of(reinterpret_cast<const std::byte*>(form.values.data()), matrix, precision);
    packed[name + ".scales"] = array_of(form.scales, DataType::float32, {columns});
    packed[name + ".start"] = array_of(form.start, DataType::int32, {columns});
  } else {
    const Array values =
        model::convert(model::make_array(matrix.values, {matrix.columns, matrix.depth}), form_of(precision).type);
    packed[name + ".panels"] = panels_of(values.bytes.data(), matrix, precision);
  }
}

Matrix matrix_named(const model::Weights& packed, const std::string& name) {
  const Array& panels = packed.at(name + ".panels");
  Matrix matrix;
  if (panels.type == DataType::int8) matrix.precision = Precision::int8;
  if (panels.type == DataType::bfloat16) matrix.precision = Precision::bfloat16;
  matrix.panels = panels.bytes.data();
  matrix.words = panels.shape[1];
  matrix.columns = panels.shape[0] * kPanelColumns;
  matrix.bias = reinterpret_cast<const float*>(bytes_of(packed, name + ".bias"));
  matrix.scales = reinterpret_cast<const float*>(bytes_of(packed, name + ".scales"));
  matrix.start = reinterpret_cast<const std::int32_t*>(bytes_of(packed, name + ".start"));
  return matrix;
}

const Array& checked_vector(const model::Weights& packed, const std::string& name, DataType type, std::ptrdiff_t length) {
  return checked_array(packed, name, type, {length});
}

Matrix checked_matrix(const model::Weights& packed, const std::string& name, Precision precision, std::ptrdiff_t columns,
                      std::ptrdiff_t depth) {
  const auto [per_word, bytes, type] = form_of(precision);
  const std::ptrdiff_t padded = rounded_up(columns, kPanelColumns), words = rounded_up(depth, per_word) / per_word;
  checked_array(packed, name + ".panels", type, {padded / kPanelColumns, words, kPanelColumns, per_word});
  checked_vector(packed, name + ".bias", DataType::float32, padded);
  if (precision == Precision::int8) {
    checked_vector(packed, name + ".scales", DataType::float32, padded);
    checked_vector(packed, name + ".start", DataType::int32, padded);
  }
  return matrix_named(packed, name);
}

model::Weights pack(const model::Shape& shape, const model::Weights& weights, Precision precision) {
  model::check_layout(weights, model::layout_of(shape), "packing the network");
  Packer packer(shape, weights, precision);
  packer.embedding();
  packer.stack("encoder", shape.encoder_layers, false);
  packer.stack("decoder", shape.decoder_layers, true);
  return packer.take();
}

}  // namespace mynah::packed
