#include "model/validation_pairs.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"

namespace mynah::model {
namespace {

constexpr const char* kFile = "validation_pairs.json";

std::vector<TokenId> ids_of(const Json& list, int vocabulary, const std::string& where) {
  std::vector<TokenId> ids;
  const auto fail = [&](const Json& value) {
    throw Error(concat(where, ": expected pairs of lists of ids from 0 to ", vocabulary - 2, ", found ", value.dump()));
  };
  if (!list.is_array() || list.empty()) fail(list);
  for (const Json& id : list) {
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= static_cast<std::uint64_t>(vocabulary - 1)) fail(id);
    ids.push_back(id.get<TokenId>());
  }
  return ids;
}

}  // namespace

std::vector<ValidationPair> read_validation_pairs(const std::filesystem::path& folder, int vocabulary) {
  const std::filesystem::path path = folder / kFile;
  std::vector<ValidationPair> pairs;
  if (!std::filesystem::exists(path)) return pairs;
  const Json list = read_json(path);
  if (!list.is_array() || list.size() > kValidationPairs) {
    throw Error(concat(path.string(), ": expected a list of at most ", kValidationPairs, " pairs"));
  }
  for (const Json& pair : list) {
    if (!pair.is_array() || pair.size() != 2) throw Error(concat(path.string(), ": expected pairs of lists of ids"));
    pairs.push_back({ids_of(pair[0], vocabulary, path.string()), ids_of(pair[1], vocabulary, path.string())});
  }
  return pairs;
}

void write_validation_pairs(const std::filesystem::path& folder, const std::vector<ValidationPair>& pairs) {
  std::string text;
  for (const auto& [source, target] : pairs) {
    text += concat(text.empty() ? "[" : ",\n ", Json::array({Json(source), Json(target)}).dump());
  }
  write_file(folder / kFile, concat(text.empty() ? "[" : text, "]\n"));
}

}  // namespace mynah::model
