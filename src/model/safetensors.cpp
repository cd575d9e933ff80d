#include "model/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "model/layout.h"

namespace mynah::model {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian and are mapped as they are");

using HeaderJson = nlohmann::json;  // finds keys fast, however many a hostile header has

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLine = 64;  // data begin at a cache line, so that whole lines are mapped as whole lines
constexpr std::uint64_t kLargestHeader = 100'000'000;
constexpr int kDeepestHeader = 3;  // header object, one array's entry, its lists
constexpr const char* kMetadata = "__metadata__";

/// One array as the header describes it; offsets count from the end of the header.
struct Entry {
  std::string name;
  DataType type;
  std::vector<std::int64_t> shape;
  std::uint64_t begin, end;
};

[[noreturn]] void fail(const std::string& where, const std::string& what) {
  throw Error(concat("safetensors file ", where, ": ", what));
}

[[noreturn]] void fail(const std::string& where, const std::string& array, const std::string& what) {
  fail(where, concat("the array '", array, "' ", what));
}

/// Parses the header, refusing names that stand twice and anything nested deeper than the format knows.
HeaderJson parse_header(std::string_view text, const std::string& where) {
  std::vector<std::set<std::string>> keys(kDeepestHeader + 1);
  const auto watch = [&](int depth, HeaderJson::parse_event_t event, HeaderJson& parsed) {
    using Event = HeaderJson::parse_event_t;
    if (depth > kDeepestHeader) fail(where, concat("the header is nested deeper than ", kDeepestHeader, " levels"));
    if (event == Event::object_start) keys[static_cast<std::size_t>(depth)].clear();
    if (event == Event::key) {
      const auto name = parsed.get<std::string>();
      if (!keys[static_cast<std::size_t>(depth) - 1].insert(name).second)
        fail(where, concat("'", name, "' stands twice in the header"));
    }
    return true;
  };
  try {
    HeaderJson header = HeaderJson::parse(text, watch);
    if (!header.is_object()) fail(where, "the header is not a JSON object");
    return header;
  } catch (const HeaderJson::exception& error) {
    fail(where, concat("the header is not valid JSON (", error.what(), "); the file is damaged or of another format"));
  }
}

std::string_view header_text(std::span<const std::byte> file, const std::string& where) {
  if (file.size() < kLengthBytes)
    fail(where, concat("it has ", file.size(), " bytes, fewer than the 8 of its header length; it is cut short"));
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (length > kLargestHeader) {
    fail(where, concat("the header claims ", length, " bytes, more than the ", kLargestHeader,
                       " allowed; the file is damaged or of another format"));
  }
  if (length > file.size() - kLengthBytes) {
    fail(where, concat("the header claims ", length, " bytes, but only ", file.size() - kLengthBytes,
                       " follow; the file is cut short or damaged"));
  }
  return {reinterpret_cast<const char*>(file.data()) + kLengthBytes, length};
}

const HeaderJson& member(const HeaderJson& description, const char* key, const std::string& array, const std::string& where) {
  const auto found = description.find(key);
  if (found == description.end()) fail(where, array, concat("has no '", key, "'"));
  return *found;
}

std::vector<std::uint64_t> naturals(const HeaderJson& list, const char* key, const std::string& array, const std::string& where) {
  std::vector<std::uint64_t> numbers;
  if (!list.is_array()) fail(where, array, concat("has a '", key, "' that is no list: ", list.dump()));
  for (const HeaderJson& number : list) {
    if (!number.is_number_unsigned())
      fail(where, array, concat("has a '", key, "' that is no list of whole numbers: ", list.dump()));
    numbers.push_back(number.get<std::uint64_t>());
  }
  return numbers;
}

/// Bytes an array of this type and shape takes; throws when the product does not fit a file.
std::uint64_t bytes_of(const Entry& entry, const std::string& where) {
  __extension__ using Wide = unsigned __int128;
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 62;
  if (std::ranges::find(entry.shape, 0) != entry.shape.end()) return 0;
  Wide bytes = size_of(entry.type);
  for (const std::int64_t length : entry.shape) {
    bytes *= static_cast<std::uint64_t>(length);
    if (bytes > kLargest) fail(where, entry.name, concat("has an impossible shape ", shape_text(entry.shape)));
  }
  return static_cast<std::uint64_t>(bytes);
}

Entry entry_of(const std::string& name, const HeaderJson& description, const std::string& where) {
  if (!description.is_object()) fail(where, name, "is not described by a JSON object");
  const HeaderJson& type_name = member(description, "dtype", name, where);
  const auto type = type_name.is_string() ? type_named(type_name.get<std::string>()) : std::nullopt;
  if (!type) fail(where, name, concat("has the dtype ", type_name.dump(), ", which this build does not know"));
  Entry entry{name, *type, {}, 0, 0};
  for (const std::uint64_t length : naturals(member(description, "shape", name, where), "shape", name, where)) {
    if (length > static_cast<std::uint64_t>(INT64_MAX))
      fail(where, name, concat("has an impossible length ", length, " in its shape"));
    entry.shape.push_back(static_cast<std::int64_t>(length));
  }
  const auto offsets = naturals(member(description, "data_offsets", name, where), "data_offsets", name, where);
  if (offsets.size() != 2 || offsets[0] > offsets[1]) fail(where, name, "has 'data_offsets' that are no begin and end");
  entry.begin = offsets[0];
  entry.end = offsets[1];
  if (entry.end - entry.begin != bytes_of(entry, where)) {
    fail(where, name,
         concat("claims ", entry.end - entry.begin, " bytes, but ", name_of(entry.type), " ", shape_text(entry.shape), " takes ",
                bytes_of(entry, where)));
  }
  return entry;
}

/// The arrays must fill the data exactly, one behind the other.
void check_cover(std::vector<Entry>& entries, std::uint64_t data_bytes, const std::string& where) {
  std::ranges::sort(entries,
                    [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  std::uint64_t covered = 0;
  for (const Entry& entry : entries) {
    if (entry.end > data_bytes) {
      fail(where, entry.name,
           concat("ends at byte ", entry.end, " of the data, which has ", data_bytes, "; the file is cut short or damaged"));
    }
    if (entry.begin < covered) fail(where, entry.name, "overlaps the array before it");
    if (entry.begin > covered) fail(where, entry.name, concat("leaves a gap of ", entry.begin - covered, " bytes before it"));
    covered = entry.end;
  }
  if (covered != data_bytes)
    fail(where, concat("its arrays end at byte ", covered, " of the data, but the data have ", data_bytes, " bytes"));
}

/// A view into the file; a copy when a foreign file put the array at an address its type cannot be read from.
Array view_of(const Entry& entry, std::span<const std::byte> data, const std::shared_ptr<const void>& owner) {
  const auto bytes = data.subspan(entry.begin, entry.end - entry.begin);
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % size_of(entry.type) == 0) return {entry.type, entry.shape, bytes, owner};
  auto copy = std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end());
  return {entry.type, entry.shape, std::span(*copy), copy};
}

void read_metadata(const HeaderJson& object, std::map<std::string, std::string>* metadata, const std::string& where) {
  if (!object.is_object()) fail(where, "'__metadata__' is not a JSON object");
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) fail(where, concat("'__metadata__' has a value for '", key, "' that is no text"));
    if (metadata) (*metadata)[key] = value.get<std::string>();
  }
}

/// Widest types first, then by name, so that every array stands at a multiple of its own size.
std::vector<const Weights::value_type*> in_file_order(const Weights& weights) {
  std::vector<const Weights::value_type*> order;
  for (const auto& named : weights) order.push_back(&named);
  std::ranges::stable_sort(order, std::ranges::greater(), [](const auto* named) { return size_of(named->second.type); });
  return order;
}

}  // namespace

Weights read_safetensors(const std::filesystem::path& path, std::map<std::string, std::string>* metadata) {
  const auto file = std::make_shared<const MappedFile>(path);
  return parse_safetensors(file->bytes(), file, path.string(), metadata);
}

Weights parse_safetensors(std::span<const std::byte> file, const std::shared_ptr<const void>& owner, const std::string& where,
                          std::map<std::string, std::string>* metadata) {
  const std::string_view header = header_text(file, where);
  const auto data = file.subspan(kLengthBytes + header.size());
  const HeaderJson descriptions = parse_header(header, where);
  std::vector<Entry> entries;
  for (const auto& [name, description] : descriptions.items()) {
    if (name == kMetadata) {
      read_metadata(description, metadata, where);
    } else {
      entries.push_back(entry_of(name, description, where));
    }
  }
  check_cover(entries, data.size(), where);
  Weights weights;
  for (const Entry& entry : entries) weights.emplace(entry.name, view_of(entry, data, owner));
  return weights;
}

void write_safetensors(const std::filesystem::path& path, const Weights& weights,
                       const std::map<std::string, std::string>& metadata) {
  HeaderJson header = {{kMetadata, {{"format", "pt"}}}};
  for (const auto& [key, value] : metadata) header[kMetadata][key] = value;
  const auto order = in_file_order(weights);
  std::uint64_t offset = 0;
  for (const auto* named : order) {
    const auto& [name, array] = *named;
    const std::uint64_t end = offset + array.bytes.size();
    header[name] = {{"dtype", name_of(array.type)}, {"shape", array.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.append(kLine - 1 - (kLengthBytes + text.size() + kLine - 1) % kLine, ' ');
  const std::uint64_t length = text.size();
  OutputFile file(path.string());
  file.write({reinterpret_cast<const char*>(&length), kLengthBytes});
  file.write(text);
  for (const auto* named : order) {
    const auto bytes = named->second.bytes;
    file.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  file.commit();
}

}  // namespace mynah::model
