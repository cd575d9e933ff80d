// JSON files. Include <nlohmann/json.hpp> in the .cpp file that touches the values; headers need only this.
#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace mynah {

using Json = nlohmann::ordered_json;

/// Parses a JSON file; comments are allowed. Throws Error naming file, line and column.
Json read_json(const std::filesystem::path& path);

/// Writes indented JSON; the file appears whole or not at all.
void write_json(const std::filesystem::path& path, const Json& value);

}  // namespace mynah
