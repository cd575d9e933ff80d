#include "base/json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "base/files.h"

namespace mynah {

namespace {

constexpr int kDeepest = 100;      // dump() and comparison go down by recursion
constexpr int kMostKeys = 10'000;  // an object that keeps the order of its keys searches all of them for each

/// The library's word on what is wrong, without its own counting of places.
std::string complaint(const Json::exception& error) {
  const std::string text = error.what();
  const std::size_t colon = text.find(": "), bracket = text.find("] ");
  if (colon != std::string::npos) return text.substr(colon + 2);
  return bracket == std::string::npos ? text : text.substr(bracket + 2);
}

/// Called for each value and key; refuses what would make the program slow or overflow its stack.
class Limits {
 public:
  explicit Limits(const std::string& name) : name_(name) {}

  bool operator()(int depth, Json::parse_event_t event, const Json&) {
    using Event = Json::parse_event_t;
    if (depth >= kDeepest && (event == Event::object_start || event == Event::array_start)) {
      throw Error(concat("cannot read ", name_, ": it is nested deeper than ", kDeepest, " levels"));
    }
    const auto level = static_cast<std::size_t>(depth);
    if (event == Event::object_start) keys_[level] = 0;
    if (event == Event::key && ++keys_[level - 1] > kMostKeys) {
      throw Error(concat("cannot read ", name_, ": an object in it has more than ", kMostKeys, " keys"));
    }
    return true;
  }

 private:
  const std::string& name_;
  std::array<int, kDeepest> keys_{};  // of the objects that the parser is in
};

}  // namespace

Json read_json(const std::filesystem::path& path) { return parse_json(read_file(path), path.string()); }

Json parse_json(std::string_view text, const std::string& name) {
  try {
    return Json::parse(text, Limits(name), true, true);
  } catch (const Json::parse_error& error) {
    const auto place = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte > 0 ? error.byte - 1 : 0, text.size()));
    const auto line = std::count(text.begin(), place, '\n') + 1;
    const auto line_start = std::find(std::make_reverse_iterator(place), text.rend(), '\n').base();
    throw Error(concat("cannot read ", name, ", line ", line, ", column ", place - line_start + 1, ": ", complaint(error)));
  } catch (const Json::exception& error) {  // a number that no double holds
    throw Error(concat("cannot read ", name, ": ", complaint(error)));
  }
}

void write_json(const std::filesystem::path& path, const Json& value) {
  write_file(path, value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace mynah
