// The fields of a protocol buffer, for looking at a file before the library that trusts it does.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mynah {

/// One field of a message. Wire types that only long-gone writers use (groups) are not known here.
struct ProtobufField {
  enum class Type { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };
  std::uint32_t number = 0;
  Type type = Type::varint;
  std::uint64_t value = 0;   // of a varint or fixed field
  std::string_view bytes{};  // of a text, a byte string or a message
};

/// Reads a message field by field, in the order in which they stand.
class ProtobufReader {
 public:
  explicit ProtobufReader(std::string_view message) : message_(message) {}

  /// False at the end. Throws Error when the message is cut off or no message.
  bool next(ProtobufField& field);

 private:
  std::string_view take(std::uint64_t size);
  std::uint64_t varint();
  std::uint64_t fixed(std::size_t size);

  std::string_view message_;  // what is not yet read
};

/// The field of this number, which a message has at most once. Throws Error also when it stands twice or is of another type.
std::optional<ProtobufField> only_field(std::string_view message, std::uint32_t number, ProtobufField::Type type);

}  // namespace mynah
