// The memory that decoding needs, taken once: nothing is allocated while sentences are translated.
#pragma once
#include <cstddef>
#include <vector>

namespace mynah::packed {

/// Bytes between long rows: the same place of every row would else fall into the same few sets of the nearest cache.
inline constexpr std::ptrdiff_t kStagger = 64;

/// Hands out memory filled with zeros, aligned to pages, and frees it all together. Room counts only once it is touched, so that
/// generous limits cost nothing.
class Arena {
 public:
  Arena() = default;
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Throws Error when the system has no room for so many.
  template <class T>
  T* take(std::ptrdiff_t count) {
    return static_cast<T*>(take_bytes(static_cast<std::size_t>(count) * sizeof(T)));
  }

 private:
  struct Piece {
    void* address;
    std::size_t bytes;
  };
  void* take_bytes(std::size_t bytes);

  std::vector<Piece> pieces_;
};

}  // namespace mynah::packed
