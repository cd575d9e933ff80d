#include "packed/arena.h"

#include <sys/mman.h>

#include <algorithm>

#include "base/error.h"

namespace mynah::packed {

Arena::~Arena() {
  for (const Piece& piece : pieces_) ::munmap(piece.address, piece.bytes);
}

void* Arena::take_bytes(std::size_t bytes) {
  const std::size_t room = std::max<std::size_t>(bytes, 1);
  void* address = ::mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (address == MAP_FAILED) {
    throw Error(concat("making room to decode: the system refuses ", room >> 20,
                       " MiB of address space; a smaller --mini-batch or --max-length needs less"));
  }
  pieces_.push_back({address, room});
  return address;
}

}  // namespace mynah::packed
