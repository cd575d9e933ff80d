// packed.json, with packed weights beside it that another network would need, and validation_pairs.json: what a model's folder
// keeps for the packed engine.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "../model/random_weights.h"
#include "base/fingerprint.h"
#include "base/json.h"
#include "fuzz.h"
#include "model/validation_pairs.h"
#include "packed/packed_file.h"

namespace {

using namespace mynah;
using fuzz::accepts;
using fuzz::expect;
namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view content) { std::ofstream(path, std::ios::binary) << content; }

/// A model's folder whose packed weights are in order.
struct Folder {
  Folder() : path(fs::temp_directory_path() / concat("mynah-fuzz-", ::getpid())) {
    fs::create_directories(path);
    model.folder = path;
    model.shape = {.vocabulary = 9, .d_model = 8, .d_feed_forward = 8, .heads = 2, .encoder_layers = 1, .decoder_layers = 1};
    model.weights = model::random_weights(model.shape, 1, 0.3);
    write(path / "config.json", "{}");
    write(path / "model.safetensors", "weights");
    save_packed_file(packed::make_packed_file(model, packed::Precision::int8), model);
    record = read_json(path / "packed.json");
  }
  ~Folder() { fs::remove_all(path); }

  fs::path path;
  model::Model model;
  Json record;
};

Folder& folder() {
  static Folder only;
  return only;
}

/// As the engine seals a record, so that what stands in it is looked at.
Json sealed(Json record) {
  record.erase("seal");
  Fingerprint fingerprint;
  fingerprint.add(record.dump());
  record["seal"] = fingerprint.text();
  return record;
}

void check_record() {
  accepts([] {
    const packed::PackedFile file = packed::open_packed_file(folder().model);
    expect(!file.parameters || file.parameters->embedding.columns >= folder().model.shape.vocabulary, "a table has all tokens");
    expect(!packed::described(file).empty(), "what was found out can be told");
  });
}

void check_pairs() {
  accepts([] {
    const int vocabulary = folder().model.shape.vocabulary;
    for (const auto& [source, target] : model::read_validation_pairs(folder().path, vocabulary)) {
      for (const auto* ids : {&source, &target}) {
        expect(!ids->empty(), "a pair has two sides");
        for (const TokenId id : *ids) expect(id >= 0 && id < vocabulary - 1, "ids are of the vocabulary, and never <pad>");
      }
    }
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  write(folder().path / "packed.json", text);
  check_record();
  Json fields;
  if (accepts([&] { fields = parse_json(text, "fuzzed"); }) && fields.is_object()) {
    Json record = folder().record;
    record.update(fields);
    record["model"] = folder().record["model"];
    write(folder().path / "packed.json", sealed(record).dump());
    check_record();
  }
  write(folder().path / "validation_pairs.json", text);
  check_pairs();
  return 0;
}
