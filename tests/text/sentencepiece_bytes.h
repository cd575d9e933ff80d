// .spm files written by hand, so that each can be wrong in one place. The numbers are those of sentencepiece_model.proto.
#pragma once
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mynah {

inline std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

inline std::string number_field(std::uint32_t number, std::uint64_t value) { return varint(number << 3) + varint(value); }

inline std::string bytes_field(std::uint32_t number, std::string_view bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + std::string(bytes);
}

/// The value's `size` low bytes.
inline std::string little_endian(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

inline std::string float_field(std::uint32_t number, float value) {
  return varint(number << 3 | 5) + little_endian(std::bit_cast<std::uint32_t>(value), 4);
}

enum PieceType { normal = 1, unknown = 2, control = 3, user_defined = 4 };

inline std::string piece_field(std::string_view text, float score = 0, PieceType type = normal) {
  return bytes_field(1, bytes_field(1, text) + float_field(2, score) + number_field(3, type));
}

enum ModelType { unigram_model = 1, bpe_model = 2 };

inline std::string model_type_field(ModelType type) { return bytes_field(2, number_field(3, type)); }

/// Text normalisation by these rules alone.
inline std::string normalizer_field(std::string_view rules) { return bytes_field(3, bytes_field(2, rules)); }

/// Rules {text: what replaces it} as SentencePiece stores them, but for the trie, whose nodes each have a block of their own.
class RuleBytes {
 public:
  using Rules = std::map<std::string, std::string>;
  static constexpr std::uint32_t kBlock = 256;

  explicit RuleBytes(const Rules& rules) {
    Node root;
    for (const auto& [from, to] : rules) {
      Node* node = &root;
      for (const char byte : from) node = &node->children[static_cast<unsigned char>(byte)];
      node->text = static_cast<std::int64_t>(texts.size());
      texts += to + '\0';
    }
    new_block();
    units[0] = 0;
    place(root, 0);
  }

  std::string bytes() const {
    std::string result = little_endian(units.size() * 4, 4);
    for (const std::uint32_t unit : units) result += little_endian(unit, 4);
    return result + texts;
  }

  std::vector<std::uint32_t> units;
  std::string texts;

 private:
  struct Node {
    std::map<std::uint32_t, Node> children;
    std::int64_t text = -1;
  };

  /// The index of the first of 256 units that stand for nothing.
  std::uint32_t new_block() {
    const auto begin = static_cast<std::uint32_t>(units.size());
    for (std::uint32_t byte = 0; byte < kBlock; ++byte) units.push_back(byte ^ 1U);
    return begin;
  }

  void place(const Node& node, std::uint32_t index) {
    const std::uint32_t children = new_block();
    units[index] |= (index ^ children) << 10;
    if (node.text >= 0) {
      units[index] |= 0x100;
      units[children] = 0x80000000 | static_cast<std::uint32_t>(node.text);
    }
    for (const auto& [byte, child] : node.children) {
      units[children ^ byte] = byte;
      place(child, children ^ byte);
    }
  }
};

}  // namespace mynah
