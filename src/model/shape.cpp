#include "model/shape.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/error.h"

namespace mynah::model {
namespace {

constexpr int kLargestSize = 1 << 24;
constexpr int kMostLayers = 1000;
constexpr std::array<std::string_view, 4> kActivations = {"relu", "gelu", "silu", "swiglu"};

struct NamedSize {
  std::string_view name;
  int encoder_layers, decoder_layers, d_model, d_feed_forward, heads;
};

constexpr std::array<NamedSize, 4> kSizes = {
    {{"tiny", 4, 4, 128, 256, 4}, {"small", 6, 2, 256, 1024, 8}, {"base", 6, 6, 512, 2048, 8}, {"big", 6, 6, 1024, 4096, 16}}};

void check_range(const std::string& where, const char* field, int value, int least, int most = kLargestSize) {
  if (value < least || value > most) {
    throw Error(concat(where, ": ", field, " must be between ", least, " and ", most, ", not ", value));
  }
}

}  // namespace

void check(const Shape& shape, const std::string& where) {
  if (shape.type != "transformer") {
    throw Error(concat(where, ": this build knows the architecture 'transformer', not '", shape.type, "'"));
  }
  check_range(where, "vocabulary", shape.vocabulary, 3);  // </s>, <unk>, <pad>
  check_range(where, "d_model", shape.d_model, 2);
  check_range(where, "d_feed_forward", shape.d_feed_forward, 1);
  check_range(where, "heads", shape.heads, 1);
  check_range(where, "encoder_layers", shape.encoder_layers, 1, kMostLayers);
  check_range(where, "decoder_layers", shape.decoder_layers, 1, kMostLayers);
  check_range(where, "max_positions", shape.max_positions, 1);
  if (shape.d_model % 2 != 0) {
    throw Error(concat(where, ": d_model must be even (half sine, half cosine positions), not ", shape.d_model));
  }
  if (shape.d_model % shape.heads != 0) {
    throw Error(concat(where, ": heads (", shape.heads, ") must divide d_model (", shape.d_model, ")"));
  }
  if (std::ranges::find(kActivations, shape.activation) == kActivations.end()) {
    throw Error(concat(where, ": activation must be relu, gelu, silu or swiglu, not '", shape.activation, "'"));
  }
}

Shape shape_of_size(const std::string& name) {
  constexpr std::string_view kPrefix = "transformer-";
  std::string_view wanted = name;
  if (wanted.starts_with(kPrefix)) wanted.remove_prefix(kPrefix.size());
  const auto* size = std::ranges::find(kSizes, wanted, &NamedSize::name);
  if (size == kSizes.end()) {
    throw UsageError(
        concat("unknown model size '", name, "': known are tiny, small, base and big (transformer-base and the like too)"));
  }
  Shape shape;
  shape.d_model = size->d_model;
  shape.d_feed_forward = size->d_feed_forward;
  shape.heads = size->heads;
  shape.encoder_layers = size->encoder_layers;
  shape.decoder_layers = size->decoder_layers;
  return shape;
}

}  // namespace mynah::model
