#include "base/fingerprint.h"

#include <xxhash.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <vector>

#include "base/error.h"

namespace mynah {

struct Fingerprint::State {
  State() { XXH3_128bits_reset(state); }
  ~State() { XXH3_freeState(state); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  XXH3_state_t* state = XXH3_createState();
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>()) {}
Fingerprint::~Fingerprint() = default;
Fingerprint::Fingerprint(Fingerprint&&) noexcept = default;
Fingerprint& Fingerprint::operator=(Fingerprint&&) noexcept = default;

void Fingerprint::add(std::string_view bytes) { XXH3_128bits_update(state_->state, bytes.data(), bytes.size()); }

void Fingerprint::add_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(concat("cannot read ", path.string()));
  std::vector<char> piece(std::size_t{1} << 18);
  while (file.read(piece.data(), std::ssize(piece)) || file.gcount() > 0) {
    add({piece.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) throw Error(concat("cannot read ", path.string()));
}

std::string Fingerprint::text() const {
  const XXH128_hash_t sum = XXH3_128bits_digest(state_->state);
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx", static_cast<unsigned long long>(sum.high64),
                static_cast<unsigned long long>(sum.low64));
  return digits.data();
}

}  // namespace mynah
