// model.safetensors: the header, and the arrays as a small model needs them.
#include "model/safetensors.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "fuzz.h"
#include "model/huggingface.h"

namespace {

using namespace mynah::model;
using mynah::fuzz::accepts;
using mynah::fuzz::expect;

/// Reads every byte, and every value of floating-point arrays.
void use(const Weights& weights, std::size_t file_size) {
  std::size_t bytes = 0;
  for (const auto& [name, array] : weights) {
    bytes += array.bytes.size();
    expect(array.bytes.size() == static_cast<std::size_t>(array.elements()) * size_of(array.type),
           "an array has its shape's bytes");
    std::size_t sum = 0;
    for (const std::byte byte : array.bytes) sum += static_cast<std::size_t>(byte);
    expect(sum <= 255 * array.bytes.size(), "bytes can be read");
    if (holds_floats(array.type))
      expect(to_float(array).size() == static_cast<std::size_t>(array.elements()), "values can be read");
  }
  expect(bytes < file_size, "arrays do not overlap");
}

const Shape& small_shape() {
  static const Shape shape = [] {
    Shape small;
    small.vocabulary = 3;
    small.d_model = small.d_feed_forward = 2;
    small.heads = small.encoder_layers = small.decoder_layers = 1;
    return small;
  }();
  return shape;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto file = std::make_shared<const std::vector<std::uint8_t>>(bytes, bytes + size);
  Weights weights;
  std::map<std::string, std::string> metadata;
  if (!accepts([&] { weights = parse_safetensors(std::as_bytes(std::span(*file)), file, "fuzzed", &metadata); })) return 0;
  use(weights, size);
  for (const bool pre_norm : {false, true}) {
    Shape shape = small_shape();
    shape.pre_norm = pre_norm;
    accepts([&] { use(from_file(weights, shape, 2, "fuzzed"), size + 1024); });
  }
  return 0;
}
