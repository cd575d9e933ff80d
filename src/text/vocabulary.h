// Pieces and their ids: vocab.json, joint for both sides.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/token_id.h"

namespace mynah {

/// `</s>` 0, `<unk>` 1, pieces, `<pad>` last (the layout MarianTokenizer expects; other layouts are read as they are).
class Vocabulary {
 public:
  /// From pieces in id order. Throws Error when `</s>`, `<unk>` or `<pad>` is missing or a piece stands twice.
  explicit Vocabulary(std::vector<std::string> pieces);
  /// Reads vocab.json ({"piece": id}). Throws Error naming the file when ids are not 0 … n-1.
  static Vocabulary open(const std::filesystem::path& path);
  /// The same of the file's text, which errors call `name`.
  static Vocabulary parse(std::string_view text, const std::string& name);
  void save(const std::filesystem::path& path) const;

  int size() const { return static_cast<int>(pieces_.size()); }
  TokenId end() const { return end_; }          // </s>
  TokenId unknown() const { return unknown_; }  // <unk>
  TokenId pad() const { return pad_; }          // <pad>, which also starts the decoder
  std::optional<TokenId> id(std::string_view piece) const;
  const std::string& piece(TokenId id) const { return pieces_.at(static_cast<std::size_t>(id)); }

 private:
  std::vector<std::string> pieces_;
  std::unordered_map<std::string, TokenId> ids_;
  TokenId end_ = 0, unknown_ = 1, pad_ = 0;
};

}  // namespace mynah
