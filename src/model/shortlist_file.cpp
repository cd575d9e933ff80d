#include "model/shortlist_file.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/fingerprint.h"
#include "model/safetensors.h"

namespace mynah::model {
namespace {

constexpr const char* kVersion = "1";
constexpr unsigned kBits = 7;  // of a number in one byte

std::string_view characters(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string fingerprint_of(const Vocabulary& vocabulary) {
  Fingerprint fingerprint;
  for (TokenId id = 0; id < vocabulary.size(); ++id) fingerprint.add(vocabulary.piece(id) + '\n');
  return fingerprint.text();
}

std::string fingerprint_of(const Weights& arrays) {
  Fingerprint fingerprint;
  for (const auto& [name, array] : arrays) {
    fingerprint.add(concat(name, ' ', array.bytes.size(), '\n'));
    fingerprint.add(characters(array.bytes));
  }
  return fingerprint.text();
}

template <class Element>
Array array_of(std::vector<Element> elements, DataType type) {
  const auto owner = std::make_shared<const std::vector<Element>>(std::move(elements));
  return {type, {std::ssize(*owner)}, std::as_bytes(std::span(*owner)), owner};
}

void append(std::vector<std::uint8_t>& bytes, std::size_t number) {
  for (; number >> kBits != 0; number >>= kBits) bytes.push_back(static_cast<std::uint8_t>(number | 1U << kBits));
  bytes.push_back(static_cast<std::uint8_t>(number));
}

[[noreturn]] void fail_as_damaged(const std::string& where) { throw Error(concat(where, " was cut short or altered")); }

/// Reads numbers one after the other.
class Numbers {
 public:
  Numbers(std::span<const std::byte> bytes, const std::string& where) : bytes_(bytes), where_(where) {}

  /// Throws Error unless the next one is below `limit`.
  std::size_t next(std::size_t limit) {
    std::size_t number = 0;
    for (unsigned shift = 0; place_ < bytes_.size() && shift < 5 * kBits; shift += kBits) {
      const auto byte = std::to_integer<std::size_t>(bytes_[place_++]);
      number |= (byte & ((1U << kBits) - 1)) << shift;
      if (byte >> kBits != 0) continue;
      if (number < limit) return number;
      break;
    }
    fail_as_damaged(where_);
  }
  bool at_end() const { return place_ == bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
  const std::string& where_;
  std::size_t place_ = 0;
};

/// Throws Error unless the file is of this version, of the model's vocabulary, and as it was written.
void check(const std::map<std::string, std::string>& metadata, const Weights& arrays, const Vocabulary& vocabulary,
           const std::string& where) {
  if (!metadata.contains("shortlist")) throw Error(concat(where, " holds no shortlist"));
  if (const std::string& version = metadata.at("shortlist"); version != kVersion) {
    throw Error(concat(where, " is of version ", version, ", but this build reads version ", kVersion));
  }
  const auto is = [&](const char* key, const std::string& value) { return metadata.contains(key) && metadata.at(key) == value; };
  if (!is("vocabulary", fingerprint_of(vocabulary))) throw Error(concat(where, " is of another vocabulary than the model's"));
  if (!arrays.contains("always") || !arrays.contains("lists") || !is("fingerprint", fingerprint_of(arrays)))
    fail_as_damaged(where);
}

std::vector<TokenId> ids_of(const Array& array, TokenId vocabulary, const std::string& where) {
  std::vector<TokenId> ids(array.bytes.size() / sizeof(TokenId));
  std::memcpy(ids.data(), array.bytes.data(), ids.size() * sizeof(TokenId));
  const bool fit = std::ranges::all_of(ids, [&](TokenId id) { return id >= 0 && id < vocabulary; });
  if (array.type != DataType::int32 || !fit) fail_as_damaged(where);
  return ids;
}

}  // namespace

void save_shortlist(const Shortlist& shortlist, const Vocabulary& vocabulary, const std::filesystem::path& path) {
  std::vector<std::uint8_t> bytes;
  for (TokenId source = 0; source < vocabulary.size(); ++source) {
    append(bytes, shortlist.list(source).size());
    TokenId before = 0;
    for (const TokenId target : shortlist.list(source))
      append(bytes, static_cast<std::size_t>(target - std::exchange(before, target)));
  }
  Weights arrays;
  arrays["always"] = array_of(std::vector<std::int32_t>(shortlist.always().begin(), shortlist.always().end()), DataType::int32);
  arrays["lists"] = array_of(std::move(bytes), DataType::uint8);
  write_safetensors(
      path, arrays,
      {{"shortlist", kVersion}, {"vocabulary", fingerprint_of(vocabulary)}, {"fingerprint", fingerprint_of(arrays)}});
}

Shortlist open_shortlist(const std::filesystem::path& path, const Vocabulary& vocabulary) {
  const std::string where = path.string();
  std::map<std::string, std::string> metadata;
  const Weights arrays = read_safetensors(path, &metadata);
  check(metadata, arrays, vocabulary, where);
  const auto size = static_cast<std::size_t>(vocabulary.size());
  Numbers numbers(arrays.at("lists").bytes, where);
  std::vector<std::vector<TokenId>> lists(size);
  for (std::vector<TokenId>& list : lists) {
    list.resize(numbers.next(size + 1));
    std::size_t before = 0;
    for (TokenId& target : list) target = static_cast<TokenId>(before += numbers.next(size - before));
  }
  if (!numbers.at_end()) fail_as_damaged(where);
  return {ids_of(arrays.at("always"), vocabulary.size(), where), lists};
}

std::filesystem::path shortlist_path(const std::string& wish, const std::filesystem::path& folder) {
  if (wish == "off") return {};
  if (wish != "on") return wish;
  if (std::filesystem::exists(folder / kShortlistFile)) return folder / kShortlistFile;
  throw Error(concat("--shortlist on: the model ", folder.string(), " has no ", kShortlistFile,
                     "; train --shortlist-only --model ", folder.string(), " makes one of its training text"));
}

std::shared_ptr<const Shortlist> wished_shortlist(const std::string& wish, const Model& model, const Log& log) {
  const std::filesystem::path path = shortlist_path(wish, model.folder);
  if (path.empty()) return nullptr;
  const Vocabulary& vocabulary = *model.tokenizers.vocabulary;
  if (path.extension() != ".safetensors") {
    return std::make_shared<const Shortlist>(read_lexical_table(path.string(), vocabulary, log));
  }
  return std::make_shared<const Shortlist>(open_shortlist(path, vocabulary));
}

}  // namespace mynah::model
