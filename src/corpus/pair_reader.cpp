#include "corpus/pair_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah::corpus {

struct PairReader::Reading {
  virtual ~Reading() = default;
  virtual bool next(TextPair& pair) = 0;
  std::string line;
};

namespace {

bool next_line(LineReader& lines, std::string& line) {
  if (!lines.next(line)) return false;
  constexpr std::string_view kByteOrderMark = "\uFEFF";
  if (lines.line_number() == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  return true;
}

/// Line n of one file belongs to line n of the other.
class AlignedFiles : public PairReader::Reading {
 public:
  AlignedFiles(const std::string& source, const std::string& target) : source_(source), target_(target) {}

  bool next(TextPair& pair) override {
    const bool has_source = next_line(source_, pair.source);
    const bool has_target = next_line(target_, pair.target);
    if (has_source != has_target) fail();
    pair.line = source_.line_number();
    pair.fault.clear();
    return has_source;
  }

 private:
  [[noreturn]] void fail() {
    std::string rest;
    for (LineReader* longer : {&source_, &target_}) {
      while (longer->next(rest)) continue;
    }
    throw Error(concat("cannot read a parallel corpus whose files differ in length: ", source_.path(), " has ",
                       source_.line_number(), " lines, ", target_.path(), " has ", target_.line_number(),
                       " (line n of one must be the translation of line n of the other)"));
  }

  LineReader source_, target_;
};

/// Both texts on one line; what that looks like is for parse() to say.
class OneFile : public PairReader::Reading {
 public:
  explicit OneFile(const Source& source) : lines_(source.paths[0]) {}

  bool next(TextPair& pair) override {
    if (!others_.empty()) {
      pair.source = source_;
      pair.target = std::move(others_.back());
      others_.pop_back();
      return true;
    }
    if (!next_line(lines_, line)) return false;
    pair.source.clear();
    pair.target.clear();
    pair.line = lines_.line_number();
    pair.fault = is_blank(line) ? "" : parse(line, pair);
    if (!pair.fault.empty()) {
      if (pair.line == 1) throw Error(concat(lines_.path(), ", line 1: ", pair.fault));
      pair.source.clear();
      pair.target.clear();
      others_.clear();
    }
    if (!others_.empty()) source_ = pair.source;
    return true;
  }

 private:
  /// Fills the texts, or says what is wrong with the line.
  virtual std::string parse(const std::string& text, TextPair& pair) = 0;
  LineReader lines_;
  std::string source_;  // where others_ are not empty

 protected:
  std::vector<std::string> others_;  // targets of the same source that are still to be given, the last one first
};

/// Tab-separated columns, nothing quoted.
class Table : public OneFile {
 public:
  Table(const Source& source, std::array<std::size_t, 2> columns) : OneFile(source), columns_(columns) {}

 private:
  std::string parse(const std::string& text, TextPair& pair) override {
    std::size_t column = 1;
    for (std::size_t begin = 0, end = 0; end != text.npos; begin = end + 1, ++column) {
      end = text.find('\t', begin);
      const std::string cell = text.substr(begin, end - begin);
      if (column == columns_[0]) pair.source = cell;
      if (column == columns_[1]) pair.target = cell;
    }
    const std::size_t found = column - 1, needed = std::max(columns_[0], columns_[1]);
    return found >= needed ? ""
                           : concat("expected the tab-separated columns ", columns_[0], " and ", columns_[1], ", found ", found,
                                    found == 1 ? " column" : " columns");
  }

  std::array<std::size_t, 2> columns_;
};

/// A JSON object on each line.
class JsonLines : public OneFile {
 public:
  explicit JsonLines(const Source& source) : OneFile(source), keys_{source.fields[0], source.fields[1]} {}

 private:
  std::string parse(const std::string& text, TextPair& pair) override {
    const auto object = nlohmann::json::parse(is_valid_utf8(text) ? text : repair_utf8(text), nullptr, false);
    if (!object.is_object()) return "expected a JSON object, found something else or a syntax error";
    for (const auto& [key, side] : {std::pair(&keys_[0], &pair.source), std::pair(&keys_[1], &pair.target)}) {
      const auto* value = find(object, *key);
      if (value == nullptr)
        return concat("expected a text under the key \"", *key, "\", which the JSON object lacks", keys_of(object));
      std::vector<std::string> texts = texts_of(*value);
      if (texts.empty()) return concat("expected a text under the key \"", *key, "\", found ", value->type_name());
      if (texts.size() > 1 && side == &pair.source)
        return concat("expected one text under the key \"", *key, "\", found several");
      *side = std::move(texts.front());
      if (side == &pair.target) others_.assign(texts.rbegin(), texts.rend() - 1);
    }
    return "";
  }

  /// A text, or those of an array; none where it is something else.
  static std::vector<std::string> texts_of(const nlohmann::json& value) {
    if (value.is_string()) return {on_one_line(value.get<std::string>())};
    std::vector<std::string> texts;
    if (!value.is_array()) return texts;
    for (const auto& text : value) {
      if (!text.is_string()) return {};
      texts.push_back(on_one_line(text.get<std::string>()));
    }
    return texts;
  }

  static std::string on_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
  }

  /// By the key as it is, else down one level at each dot. Null when it is not there.
  static const nlohmann::json* find(const nlohmann::json& object, std::string_view key) {
    if (!object.is_object()) return nullptr;
    if (const auto found = object.find(key); found != object.end()) return &*found;
    const std::size_t dot = key.find('.');
    if (dot == key.npos) return nullptr;
    const auto outer = object.find(key.substr(0, dot));
    return outer == object.end() ? nullptr : find(*outer, key.substr(dot + 1));
  }

  /// `; it has "en", "de"`, the end of a complaint.
  static std::string keys_of(const nlohmann::json& object) {
    std::string text;
    for (const auto& [key, value] : object.items()) text += concat(text.empty() ? "; it has \"" : ", \"", key, '"');
    return text;
  }

  std::array<std::string, 2> keys_;
};

std::optional<std::size_t> column_number(const std::string& field) {
  std::size_t column = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), column);
  const bool whole = error == std::errc() && end == field.data() + field.size();
  return whole ? std::optional(column) : std::nullopt;
}

std::unique_ptr<PairReader::Reading> open(const Source& source) {
  const std::string corpus = concat("cannot read the corpus '", name_of(source), "': ");
  if (source.paths.size() == 2) {
    if (!source.fields.empty())
      throw Error(concat(corpus, "columns or keys are for one file that holds both texts, not for two"));
    if (source.paths[0] == "-" && source.paths[1] == "-") {
      throw Error(
          concat(corpus, "standard input can be one of the two files, not both (one file with both texts: TSV, JSON lines)"));
    }
    return std::make_unique<AlignedFiles>(source.paths[0], source.paths[1]);
  }
  if (source.paths.size() != 1) throw Error(concat(corpus, "expected one file or two, found ", source.paths.size()));
  if (source.fields.empty()) return std::make_unique<Table>(source, std::array<std::size_t, 2>{1, 2});
  if (source.fields.size() != 2) throw Error(concat(corpus, "expected two columns or keys, found ", source.fields.size()));
  const auto first = column_number(source.fields[0]), second = column_number(source.fields[1]);
  if (first.has_value() != second.has_value() || first == std::size_t{0} || second == std::size_t{0}) {
    throw Error(concat(corpus, "expected two columns, counted from 1, or two keys, found '", source.fields[0], "' and '",
                       source.fields[1], "'"));
  }
  if (first) return std::make_unique<Table>(source, std::array{*first, *second});
  return std::make_unique<JsonLines>(source);
}

}  // namespace

PairReader::PairReader(const Source& source)
    : reading_(open(source)), style_token_(source.style.empty() ? "" : concat(">>", source.style, "<< ")) {}
PairReader::~PairReader() = default;
bool PairReader::next(TextPair& pair) {
  if (!reading_->next(pair)) return false;
  if (!is_blank(pair.source)) pair.source.insert(0, style_token_);
  return true;
}
const std::string& PairReader::line() const { return reading_->line; }

std::string name_of(const Source& source) {
  std::string name;
  for (const auto& path : source.paths) name += name.empty() ? path : concat(", ", path);
  return name;
}

}  // namespace mynah::corpus
