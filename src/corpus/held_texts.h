// The texts that models are judged by, so that none of them is learnt from.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus/pair_check.h"

namespace mynah::corpus {

/// What is held in memory of validation or test sets: fingerprints and places. Case, punctuation and white space do not count.
class HeldTexts {
 public:
  /// Reads all of them. Throws what PairReader throws.
  explicit HeldTexts(const std::vector<Source>& sources);

  /// Where it stands, as "dev.de, line 17"; empty where it does not.
  std::string pair(const CheckedPair& pair) const;
  /// The same for one side of it. Texts as short as "Thank you." are everywhere and are not looked for.
  std::string source(const CheckedPair& pair) const;
  std::string target(const CheckedPair& pair) const;

 private:
  struct Place {
    Place(std::uint32_t of_file, std::uint64_t at_line) : file(of_file), line(at_line) {}
    std::uint32_t file;
    std::uint64_t line;
  };
  using Places = std::unordered_map<std::uint64_t, Place>;
  std::string find(const Places& places, std::uint64_t fingerprint) const;

  std::vector<std::string> files_;
  Places pairs_, sources_, targets_;
};

}  // namespace mynah::corpus
