// Which of very many texts were met before, in bounded memory: a sketch.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

namespace mynah::corpus {

/// A set of 64-bit fingerprints, of which it keeps 32 bits and a place: 5 bytes each. It takes another for one it holds about
/// once in 20 million questions when it holds hundreds of millions, more rarely before. Whatever it holds it finds again; once
/// its memory is full it takes in no more, so then it forgets rather than errs.
class Seen {
 public:
  explicit Seen(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  /// Takes it in. Whether it was in already.
  bool insert(std::uint64_t fingerprint);
  bool contains(std::uint64_t fingerprint) const;

  std::uint64_t size() const { return size_; }
  std::uint64_t forgotten() const { return forgotten_; }  // asked to take in when there was no room
  std::uint64_t bytes() const { return bytes_; }

 private:
  class Layer;
  bool grow();

  std::uint64_t most_bytes_, bytes_ = 0, size_ = 0, forgotten_ = 0;
  std::vector<std::shared_ptr<Layer>> layers_;  // each twice as large as all before it, since one cannot grow
};

}  // namespace mynah::corpus
