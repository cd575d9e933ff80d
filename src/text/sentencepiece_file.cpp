#include "text/sentencepiece_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "text/double_array.h"
#include "text/protobuf.h"
#include "text/utf8.h"

namespace mynah {
namespace {

using Type = ProtobufField::Type;

// Numbers of fields and a value, from SentencePiece's sentencepiece_model.proto.
constexpr std::uint32_t kPieces = 1, kNormalizer = 3, kDenormalizer = 5;  // of the file
constexpr std::uint32_t kPieceText = 1, kPieceScore = 2, kPieceType = 3;  // of a piece
constexpr std::uint32_t kRules = 2;                                       // of a normalizer
constexpr std::uint64_t kUserDefined = 4;                                 // type of a piece

constexpr std::size_t kMostPrefixes = 64;  // SentencePiece keeps them in an array of this size

/// How many of the texts, at most, one text begins with.
std::size_t most_prefixes(std::vector<std::string_view> texts) {
  std::ranges::sort(texts);
  std::vector<std::string_view> prefixes;  // each of the next
  std::size_t most = 0;
  for (const std::string_view text : texts) {
    while (!prefixes.empty() && !text.starts_with(prefixes.back())) prefixes.pop_back();
    prefixes.push_back(text);
    most = std::max(most, prefixes.size());
  }
  return most;
}

struct Piece {
  std::string_view text;
  bool user_defined;
};

Piece checked_piece(std::string_view message) {
  const auto text = only_field(message, kPieceText, Type::bytes);
  const auto score = only_field(message, kPieceScore, Type::fixed32);
  const auto type = only_field(message, kPieceType, Type::varint);
  if (!text || text->bytes.empty()) throw Error("it has an empty piece");
  if (text->bytes.find('\0') != text->bytes.npos || !is_valid_utf8(text->bytes)) {
    throw Error("it has a piece with a zero byte or invalid UTF-8");
  }
  if (score && !std::isfinite(std::bit_cast<float>(static_cast<std::uint32_t>(score->value)))) {
    throw Error(concat("the score of its piece '", text->bytes, "' is not finite"));
  }
  return {text->bytes, type && type->value == kUserDefined};
}

void check_rules(std::string_view file, std::uint32_t normalizer) {
  const auto message = only_field(file, normalizer, Type::bytes);
  const auto rules = message ? only_field(message->bytes, kRules, Type::bytes) : std::nullopt;
  if (rules && !rules->bytes.empty()) check_normalization_rules(rules->bytes);
}

}  // namespace

void check_sentencepiece_file(std::string_view bytes) {
  std::vector<std::string_view> user_defined;
  ProtobufReader reader(bytes);
  for (ProtobufField field; reader.next(field);) {
    if (field.number != kPieces) continue;
    if (field.type != Type::bytes) throw Error("its pieces are of another type than they should be");
    if (const Piece piece = checked_piece(field.bytes); piece.user_defined) user_defined.push_back(piece.text);
  }
  if (most_prefixes(user_defined) > kMostPrefixes) {
    throw Error(concat("more than ", kMostPrefixes, " user-defined symbols begin one text"));
  }
  check_rules(bytes, kNormalizer);
  check_rules(bytes, kDenormalizer);
}

}  // namespace mynah
