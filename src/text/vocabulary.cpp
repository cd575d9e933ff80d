#include "text/vocabulary.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace mynah {
namespace {

/// Not Json: an object that keeps the order of its keys searches all of them for each, which tens of thousands make slow.
nlohmann::json parse_object(std::string_view text, const std::string& name) {
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) {
    throw Error(concat("cannot read the vocabulary ", name, ": expected JSON {\"piece\": id, ...}, found ",
                       json.is_discarded() ? "no valid JSON" : json.type_name()));
  }
  return json;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {
  ids_.reserve(pieces_.size());
  for (const auto& piece : pieces_) {
    const auto next = static_cast<TokenId>(ids_.size());
    const auto [first, added] = ids_.emplace(piece, next);
    if (!added) throw Error(concat("the vocabulary has the piece '", piece, "' twice, as ids ", first->second, " and ", next));
  }
  const auto special = [&](const char* piece) {
    const auto found = id(piece);
    if (!found) throw Error(concat("the vocabulary of ", pieces_.size(), " pieces lacks ", piece));
    return *found;
  };
  end_ = special("</s>");
  unknown_ = special("<unk>");
  pad_ = special("<pad>");
}

Vocabulary Vocabulary::open(const std::filesystem::path& path) { return parse(read_file(path), path.string()); }

Vocabulary Vocabulary::parse(std::string_view text, const std::string& name) {
  const auto json = parse_object(text, name);
  std::vector<std::string> pieces(json.size());
  std::vector<bool> taken(json.size());
  for (const auto& [piece, id] : json.items()) {
    const bool fits = id.is_number_unsigned() && id.get<std::size_t>() < pieces.size() && !taken[id.get<std::size_t>()];
    if (!fits) {
      throw Error(concat("cannot read the vocabulary ", name, ": its ", pieces.size(), " pieces need the ids 0 to ",
                         pieces.size() - 1, ", each once, but '", piece, "' has ",
                         id.is_structured() ? id.type_name() : id.dump()));
    }
    pieces[id.get<std::size_t>()] = piece;
    taken[id.get<std::size_t>()] = true;
  }
  try {
    return Vocabulary(std::move(pieces));
  } catch (const Error& error) {
    throw Error(concat("cannot read the vocabulary ", name, ": ", error.what()));
  }
}

void Vocabulary::save(const std::filesystem::path& path) const {
  std::string text;
  for (std::size_t id = 0; id < pieces_.size(); ++id) {
    text += concat(id == 0 ? "{\n" : ",\n", nlohmann::json(pieces_[id]).dump(), ":", id);
  }
  write_file(path, text + "\n}\n");
}

std::optional<TokenId> Vocabulary::id(std::string_view piece) const {
  const auto found = ids_.find(std::string(piece));
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mynah
