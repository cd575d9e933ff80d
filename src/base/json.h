// JSON files. Include <nlohmann/json.hpp> in the .cpp file that touches the values; headers need only this.
#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace mynah {

using Json = nlohmann::ordered_json;

/// Parses a JSON file; comments are allowed. Throws Error naming file, line and column, or the file alone where values are nested
/// deeper, or an object has more keys, than anything read here needs.
Json read_json(const std::filesystem::path& path);

/// The same of a file's text, which errors call `name`.
Json parse_json(std::string_view text, const std::string& name);

/// Writes indented JSON; the file appears whole or not at all.
void write_json(const std::filesystem::path& path, const Json& value);

}  // namespace mynah
