#include "corpus/pair_reader.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/json.h"

namespace mynah::corpus {
namespace {

/// A field as a TSV column, from 1; nothing when it is a JSON key.
std::optional<std::size_t> column_of(const std::string& field) {
  std::size_t column = 0;
  const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), column);
  if (failure != std::errc() || end != field.data() + field.size()) return std::nullopt;
  if (column == 0) throw UsageError("--fields: columns count from 1, found 0");
  return column;
}

std::string column_text(const std::string& line, std::size_t column, const LineReader& reader) {
  std::size_t begin = 0;
  for (std::size_t number = 1; number < column; ++number) {
    const std::size_t tab = line.find('\t', begin);
    if (tab == std::string::npos) {
      throw Error(concat("reading ", reader.path(), ", line ", reader.line_number(), ": expected at least ", column,
                         " tab-separated columns, found ", number));
    }
    begin = tab + 1;
  }
  return line.substr(begin, line.find('\t', begin) - begin);
}

/// The string at a dotted key ("translation.en") of a JSON object.
std::string key_text(const Json& object, const std::string& key, const LineReader& reader) {
  const Json* value = &object;
  for (std::size_t begin = 0; begin <= key.size() && value;) {
    const std::size_t dot = std::min(key.find('.', begin), key.size());
    const std::string part = key.substr(begin, dot - begin);
    value = value->is_object() && value->contains(part) ? &value->at(part) : nullptr;
    begin = dot + 1;
  }
  if (!value || !value->is_string()) {
    throw Error(concat("reading ", reader.path(), ", line ", reader.line_number(), ": expected a JSON object with the string \"",
                       key, "\", found ", value ? value->type_name() : "none"));
  }
  return value->get<std::string>();
}

Json parse_line(const std::string& line, const LineReader& reader) {
  Json object = Json::parse(line, nullptr, false);
  if (object.is_discarded()) {
    throw Error(concat("reading ", reader.path(), ", line ", reader.line_number(), ": expected a JSON object, found \"",
                       line.substr(0, 40), "\""));
  }
  return object;
}

}  // namespace

struct PairReader::Reading {
  enum class Form { aligned, columns, keys };
  std::vector<LineReader> readers;
  std::vector<std::string> fields;
  std::vector<std::size_t> columns;
  Form form = Form::aligned;
  std::string line;

  bool next_aligned(TextPair& pair) {
    const bool source = readers[0].next(pair.source), target = readers[1].next(pair.target);
    if (source != target) report_unequal();
    return source;
  }

  bool next_fields(TextPair& pair) {
    if (!readers[0].next(line)) return false;
    if (form == Form::columns) {
      pair.source = column_text(line, columns[0], readers[0]);
      pair.target = column_text(line, columns[1], readers[0]);
    } else {
      const Json object = parse_line(line, readers[0]);
      pair.source = key_text(object, fields[0], readers[0]);
      pair.target = key_text(object, fields[1], readers[0]);
    }
    return true;
  }

  /// Reads both files to their ends, so that the error can name both counts.
  [[noreturn]] void report_unequal() {
    for (LineReader& reader : readers) {
      while (reader.next(line)) {
      }
    }
    throw Error(concat("reading the corpus ", readers[0].path(), " and ", readers[1].path(),
                       ": expected as many lines in one as in the other, found ", readers[0].line_number(), " and ",
                       readers[1].line_number(), "; a line may be missing or broken in two"));
  }
};

PairReader::PairReader(const Source& source) : reading_(std::make_unique<Reading>()) {
  Reading& reading = *reading_;
  if (source.paths.empty() || source.paths.size() > 2) {
    throw UsageError(concat("a corpus is two line-aligned files or one file of pairs, found ", source.paths.size(), " files"));
  }
  reading.fields = source.fields;
  if (source.paths.size() == 1) {
    if (reading.fields.empty()) reading.fields = {"1", "2"};
    if (reading.fields.size() != 2) {
      throw UsageError(concat("--fields: expected two columns or keys (source, target), found ", reading.fields.size()));
    }
    const auto first = column_of(reading.fields[0]), second = column_of(reading.fields[1]);
    reading.form = first && second ? Reading::Form::columns : Reading::Form::keys;
    if (first && second) reading.columns = {*first, *second};
  }
  for (const std::string& path : source.paths) reading.readers.emplace_back(path);
}

PairReader::~PairReader() = default;

bool PairReader::next(TextPair& pair) {
  const bool found = reading_->form == Reading::Form::aligned ? reading_->next_aligned(pair) : reading_->next_fields(pair);
  pair.line = reading_->readers[0].line_number();
  return found;
}

}  // namespace mynah::corpus
