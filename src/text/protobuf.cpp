#include "text/protobuf.h"

#include <limits>

#include "base/error.h"

namespace mynah {

std::string_view ProtobufReader::take(std::uint64_t size) {
  if (size > message_.size()) throw Error("it is cut off or damaged");
  const std::string_view taken = message_.substr(0, size);
  message_.remove_prefix(size);
  return taken;
}

std::uint64_t ProtobufReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(take(1).front());
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return value;
  }
  throw Error("it holds a number of more than 64 bits");
}

std::uint64_t ProtobufReader::fixed(std::size_t size) {
  std::uint64_t value = 0;
  int shift = 0;
  for (const char byte : take(size)) {
    value |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
    shift += 8;
  }
  return value;
}

bool ProtobufReader::next(ProtobufField& field) {
  if (message_.empty()) return false;
  const std::uint64_t tag = varint();
  if (tag > std::numeric_limits<std::uint32_t>::max()) throw Error("it has a field whose number is out of range");
  field = {static_cast<std::uint32_t>(tag >> 3), static_cast<ProtobufField::Type>(tag & 7U)};
  switch (field.type) {
    case ProtobufField::Type::varint:
      field.value = varint();
      return true;
    case ProtobufField::Type::fixed64:
      field.value = fixed(8);
      return true;
    case ProtobufField::Type::bytes:
      field.bytes = take(varint());
      return true;
    case ProtobufField::Type::fixed32:
      field.value = fixed(4);
      return true;
  }
  throw Error(concat("its field ", field.number, " is of the unknown type ", tag & 7U));
}

std::optional<ProtobufField> only_field(std::string_view message, std::uint32_t number, ProtobufField::Type type) {
  std::optional<ProtobufField> found;
  ProtobufReader reader(message);
  for (ProtobufField field; reader.next(field);) {
    if (field.number != number) continue;
    if (found) throw Error(concat("its field ", number, " stands twice"));
    if (field.type != type) throw Error(concat("its field ", number, " is of another type than it should be"));
    found = field;
  }
  return found;
}

}  // namespace mynah
