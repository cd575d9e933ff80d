// config.json and generation_config.json.
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/json.h"
#include "fuzz.h"
#include "model/huggingface.h"
#include "model/layout.h"
#include "model/model.h"

namespace {

using namespace mynah::model;
using mynah::fuzz::accepts;
using mynah::fuzz::expect;

const mynah::Vocabulary& vocabulary() {
  static const mynah::Vocabulary pieces({"</s>", "<unk>", "a", "<pad>"});
  return pieces;
}

void check_shape(const Shape& shape) {
  expect(layout_of(shape).size() >= 2, "a layout has tables");
  const mynah::Json written = config_of(shape, vocabulary(), DataType::float32);
  expect(config_of(shape_of(written, "written"), vocabulary(), DataType::float32) == written,
         "a config is read as it was written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  mynah::Json config;
  if (!accepts([&] { config = mynah::parse_json(text, "fuzzed"); })) return 0;
  Shape shape;
  if (accepts([&] { shape = shape_of(config, "fuzzed"); })) check_shape(shape);
  accepts([&] { check_ids(config, vocabulary(), "fuzzed"); });
  Generation generation;
  if (accepts([&] { generation = generation_of(config, "fuzzed"); })) {
    expect(generation.beam >= 1 && generation.max_length >= 1, "a beam and a length are natural numbers");
  }
  return 0;
}
