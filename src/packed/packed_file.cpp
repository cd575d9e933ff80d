#include "packed/packed_file.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/fingerprint.h"
#include "base/json.h"
#include "model/json_fields.h"
#include "model/safetensors.h"
#include "model/validation_pairs.h"
#include "packed/packed_network.h"
#include "packed/packing.h"

namespace mynah::packed {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;  // grows when pack() makes other arrays, or products compute something else with them
constexpr const char* kRecord = "packed.json";
constexpr const char* kArrays = "packed.safetensors";
constexpr const char* kNames[kPrecisions] = {"int8", "bfloat16", "float32"};

std::string fingerprint_of(const std::vector<fs::path>& files) {
  Fingerprint fingerprint;
  for (const fs::path& file : files) fingerprint.add_file(file);
  return fingerprint.text();
}

/// What packed weights depend on.
std::string identity_of(const model::Model& model) {
  return fingerprint_of({model.folder / "config.json", model.folder / "model.safetensors"});
}

Precision precision_named(const std::string& name, const std::string& where) {
  for (int precision = 0; precision < kPrecisions; ++precision) {
    if (name == kNames[precision]) return static_cast<Precision>(precision);
  }
  throw Error(concat(where, ": 'precision' is '", name, "', which this build does not know"));
}

/// Of all that a record says besides.
std::string seal_of(Json record) {
  record.erase("seal");
  Fingerprint fingerprint;
  fingerprint.add(record.dump());
  return fingerprint.text();
}

std::optional<Verdict> verdict_of(const Json& record, const std::string& where) {
  const auto found = record.find("int8");
  if (found == record.end()) return std::nullopt;
  const model::JsonFields fields(*found, where);
  return Verdict{fields.integer("tokens"), fields.number("loss"), fields.number("agreement")};
}

/// Maps the weights after their bytes were compared with the record's.
Parameters open_arrays(const model::Model& model, const model::JsonFields& record) {
  const fs::path path = model.folder / kArrays;
  if (fingerprint_of({path}) != record.text("fingerprint")) throw Error(concat(path.string(), " was cut short or altered"));
  return parameters_of(model.shape, model::read_safetensors(path), precision_named(record.text("precision"), record.where()));
}

}  // namespace

Precision fitting_precision(const PackedFile& file) {
  return file.int8 && allows(*file.int8) ? Precision::int8 : Precision::float32;
}

std::string described(const PackedFile& file) {
  if (!file.int8) return "it keeps no validation pairs, so that int8 cannot be judged and is no default";
  char text[200];
  std::snprintf(text, sizeof text, "over %lld tokens int8 loses %.4f of log-probability and finds the same best token in %.2f %%",
                static_cast<long long>(file.int8->tokens), file.int8->loss, 100 * file.int8->agreement);
  return concat(text, allows(*file.int8) ? ": it is the default" : ": float32 stays the default");
}

PackedFile make_packed_file(const model::Model& model, std::optional<Precision> precision) {
  if (!can_pack(model.shape)) {
    throw Error(concat("packing ", model.folder.string(),
                       ": only Transformers are packed, and the model is of the architecture '", model.shape.type, "'"));
  }
  const auto packed = [&](Precision wanted) { return packed_parameters(model.shape, model.weights, wanted); };
  PackedFile file;
  const auto kept = model::read_validation_pairs(model.folder, model.shape.vocabulary);
  if (!kept.empty()) {
    std::vector<search::Pair> pairs;
    for (const auto& [source, target] : kept) pairs.push_back({source, target});
    file.int8 = compare(*make_network(packed(Precision::int8)), *make_network(packed(Precision::float32)), pairs);
  }
  file.parameters = packed(precision.value_or(fitting_precision(file)));
  return file;
}

void save_packed_file(const PackedFile& file, const model::Model& model) {
  Json record = {{"version", kVersion}, {"model", identity_of(model)}};
  if (file.int8) {
    const Verdict& int8 = *file.int8;
    record["int8"] = {{"tokens", int8.tokens}, {"loss", int8.loss}, {"agreement", int8.agreement}, {"allowed", allows(int8)}};
  }
  if (file.parameters) {
    const fs::path path = model.folder / kArrays;
    model::write_safetensors(path, file.parameters->arrays);
    record["precision"] = kNames[static_cast<int>(file.parameters->precision)];
    record["fingerprint"] = fingerprint_of({path});
  }
  record["seal"] = seal_of(record);
  write_json(model.folder / kRecord, record);
}

PackedFile open_packed_file(const model::Model& model) {
  const fs::path path = model.folder / kRecord;
  if (!fs::exists(path)) return {};
  const Json json = read_json(path);
  const model::JsonFields record(json, path.string());
  if (const int version = record.integer("version"); version != kVersion) {
    throw Error(concat(path.string(), " is of version ", version, ", but this build packs version ", kVersion));
  }
  if (record.text("seal") != seal_of(json)) throw Error(concat(path.string(), " was altered"));
  if (record.text("model") != identity_of(model)) throw Error(concat(path.string(), " is of another model"));
  PackedFile file{verdict_of(json, path.string()), std::nullopt};
  if (fs::exists(model.folder / kArrays)) file.parameters = open_arrays(model, record);
  return file;
}

}  // namespace mynah::packed
