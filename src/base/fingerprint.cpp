#include "base/fingerprint.h"

#include <xxhash.h>

#include <array>
#include <cstdio>

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

std::string Fingerprint::text() const {
  const XXH128_hash_t sum = XXH3_128bits_digest(state_->state);
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx", static_cast<unsigned long long>(sum.high64),
                static_cast<unsigned long long>(sum.low64));
  return digits.data();
}

}  // namespace mynah
