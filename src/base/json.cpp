#include "base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "base/files.h"

namespace mynah {

namespace {

/// The library's word on what is wrong, without its own counting of places.
std::string complaint(const Json::parse_error& error) {
  const std::string text = error.what();
  const std::size_t start = text.find(": ");
  return start == std::string::npos ? text : text.substr(start + 2);
}

}  // namespace

Json read_json(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  try {
    return Json::parse(text, nullptr, true, true);
  } catch (const Json::parse_error& error) {
    const auto place = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte > 0 ? error.byte - 1 : 0, text.size()));
    const auto line = std::count(text.begin(), place, '\n') + 1;
    const auto line_start = std::find(std::make_reverse_iterator(place), text.rend(), '\n').base();
    throw Error(
        concat("cannot read ", path.string(), ", line ", line, ", column ", place - line_start + 1, ": ", complaint(error)));
  }
}

void write_json(const std::filesystem::path& path, const Json& value) {
  write_file(path, value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace mynah
