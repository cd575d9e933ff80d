// The safetensors file format: an 8-byte header length, a JSON header, raw little-endian arrays.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "model/weights.h"

namespace mynah::model {

/// Maps the file; arrays are views into it. Throws Error naming file and array when the header lies (length beyond the file,
/// offsets that overlap, leave gaps, or do not match shape and type), or when the file is cut short.
Weights read_safetensors(const std::filesystem::path& path, std::map<std::string, std::string>* metadata = nullptr);

/// The same of a file's bytes, which `owner` keeps alive; `where` is the name that errors give them.
Weights parse_safetensors(std::span<const std::byte> file, const std::shared_ptr<const void>& owner, const std::string& where,
                          std::map<std::string, std::string>* metadata = nullptr);

/// Writes `__metadata__` {"format": "pt"} and `metadata`; the file appears whole or not at all.
void write_safetensors(const std::filesystem::path& path, const Weights& weights,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace mynah::model
