#include "training/run_difference.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "model/safetensors.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

std::set<fs::path> files_in(const fs::path& folder) {
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() != ".svg") files.insert(fs::relative(entry.path(), folder));
  }
  return files;
}

void forget_the_clock(Json& json) {
  if (json.is_object()) {
    for (const char* key : {"seconds", "tokens_per_second"}) json.erase(key);
  }
  if (json.is_structured()) std::for_each(json.begin(), json.end(), forget_the_clock);
}

/// Where two values differ: "/standing/updates: 12 and 13".
std::optional<std::string> difference(const Json& one, const Json& other) {
  const Json a = one.flatten(), b = other.flatten();
  for (const auto& [place, value] : a.items()) {
    if (!b.contains(place)) return concat(place, " is in one of them only");
    if (b.at(place) != value) return concat(place, ": ", value.dump(), " and ", b.at(place).dump());
  }
  if (a.size() != b.size()) return "one of them says more";
  return std::nullopt;
}

/// A whole file as JSON, or each of its lines.
Json json_in(const fs::path& path) {
  if (path.extension() == ".json") return read_json(path);
  Json lines = Json::array();
  std::istringstream text(read_file(path));
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

std::optional<std::string> difference_of_json(const fs::path& one, const fs::path& other) {
  Json a = json_in(one), b = json_in(other);
  forget_the_clock(a);
  forget_the_clock(b);
  return difference(a, b);
}

std::optional<std::string> difference_of_tensors(const fs::path& one, const fs::path& other) {
  const model::Weights a = model::read_safetensors(one), b = model::read_safetensors(other);
  for (const auto& [name, array] : a) {
    const auto found = b.find(name);
    if (found == b.end() || found->second.bytes.size() != array.bytes.size()) return concat(name, " is not alike in shape");
    const auto place = std::ranges::mismatch(array.bytes, found->second.bytes).in1 - array.bytes.begin();
    const std::size_t element = static_cast<std::size_t>(place) / model::size_of(array.type);
    if (place == std::ssize(array.bytes)) continue;
    if (!model::holds_floats(array.type)) return concat(name, ", element ", element);
    return concat(name, ", element ", element, ": ", model::to_float(array)[element], " and ",
                  model::to_float(found->second)[element]);
  }
  return "not in its tensors";
}

std::optional<std::string> difference_of_files(const fs::path& one, const fs::path& other) {
  const bool json = one.extension() == ".json" || one.extension() == ".jsonl";
  if (json) return difference_of_json(one, other);
  const MappedFile a(one), b(other);
  if (std::ranges::equal(a.bytes(), b.bytes())) return std::nullopt;
  return one.extension() == ".safetensors" ? difference_of_tensors(one, other) : "its bytes";
}

}  // namespace

std::optional<std::string> first_difference(const fs::path& one, const fs::path& other) {
  const std::set<fs::path> files = files_in(one), others = files_in(other);
  for (const auto* each : {&files, &others}) {
    for (const fs::path& file : *each) {
      if (!files.contains(file) || !others.contains(file)) return concat(file.string(), " is in one of them only");
    }
  }
  for (const fs::path& file : files) {
    const auto found = difference_of_files(one / file, other / file);
    if (found) return concat(file.string(), ": ", *found);
  }
  return std::nullopt;
}

std::size_t count_tensors(const fs::path& model) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(model / "checkpoint")) {
    if (entry.path().extension() == ".safetensors") count += model::read_safetensors(entry.path()).size();
  }
  return count;
}

}  // namespace mynah::training
