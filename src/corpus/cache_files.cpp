#include "corpus/cache_files.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"

namespace mynah::corpus {
namespace {

constexpr int kVersion = 1;

Json pairs_to_json(const std::vector<TextPair>& pairs) {
  Json list = Json::array();
  for (const TextPair& pair : pairs) list.push_back({{"source", pair.source}, {"target", pair.target}, {"line", pair.line}});
  return list;
}

std::vector<TextPair> pairs_from_json(const Json& list) {
  std::vector<TextPair> pairs;
  for (const Json& pair : list) {
    pairs.push_back(
        {pair.at("source").get<std::string>(), pair.at("target").get<std::string>(), pair.at("line").get<std::uint64_t>()});
  }
  return pairs;
}

CacheMeta meta_from_json(const Json& json) {
  CacheMeta meta;
  json.at("pairs").get_to(meta.pairs);
  json.at("ids").get_to(meta.ids);
  json.at("text_bytes").get_to(meta.text_bytes);
  json.at("keep_text").get_to(meta.keep_text);
  json.at("weights").get_to(meta.weights);
  json.at("first").get_to(meta.first);
  json.at("held_out").get_to(meta.held_out);
  meta.held_out_pairs = pairs_from_json(json.at("held_out_pairs"));
  const Json& account = json.at("account");
  account.at("read").get_to(meta.account.read);
  account.at("kept").get_to(meta.account.kept);
  account.at("held_out").get_to(meta.account.held_out);
  account.at("left_out").get_to(meta.account.left_out);
  return meta;
}

}  // namespace

CacheMeta read_cache_meta(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kMetaFile;
  const Json json = read_json(path);
  try {
    if (json.at("version") != kVersion) {
      throw Error(concat("opening the prepared corpus ", path.string(), ": expected version ", kVersion, ", found ",
                         json.at("version").dump(), "; it was prepared by another version of this program"));
    }
    return meta_from_json(json);
  } catch (const Json::exception& problem) {
    throw Error(concat("opening the prepared corpus ", path.string(), ": it is damaged (", problem.what(), ")"));
  }
}

void write_cache_meta(const std::filesystem::path& folder, const CacheMeta& meta) {
  write_json(folder / kMetaFile, {{"version", kVersion},
                                  {"pairs", meta.pairs},
                                  {"ids", meta.ids},
                                  {"text_bytes", meta.text_bytes},
                                  {"keep_text", meta.keep_text},
                                  {"weights", meta.weights},
                                  {"first", meta.first},
                                  {"held_out", meta.held_out},
                                  {"held_out_pairs", pairs_to_json(meta.held_out_pairs)},
                                  {"account",
                                   {{"read", meta.account.read},
                                    {"kept", meta.account.kept},
                                    {"held_out", meta.account.held_out},
                                    {"left_out", meta.account.left_out}}}});
}

}  // namespace mynah::corpus
