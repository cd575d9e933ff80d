// What tells two texts apart without keeping them: a running 128-bit check sum, for noticing change, not for secrets.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace mynah {

/// XXH3 (Yann Collet's xxHash) over everything that was added.
class Fingerprint {
 public:
  Fingerprint();
  ~Fingerprint();
  Fingerprint(Fingerprint&&) noexcept;
  Fingerprint& operator=(Fingerprint&&) noexcept;

  void add(std::string_view bytes);
  /// A file's bytes, read in pieces. Throws Error naming it.
  void add_file(const std::filesystem::path& path);
  /// Of what was added so far, as 32 hexadecimal digits; more may be added afterwards.
  std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mynah
