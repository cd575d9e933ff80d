// Pairs of validation text that stay with a model, so that what computes it in another way can be checked without its corpus.
#pragma once
#include <cstddef>
#include <filesystem>
#include <vector>

#include "text/token_id.h"

namespace mynah::model {

/// How many a model keeps where there are so many.
inline constexpr std::size_t kValidationPairs = 64;

/// A pair as the network sees it, `</s>` last on both sides.
struct ValidationPair {
  std::vector<TokenId> source, target;
};

/// Those of a model directory (validation_pairs.json); none where it keeps none. Throws Error naming the file when they are not
/// lists of ids below `<pad>`, the last of the vocabulary.
std::vector<ValidationPair> read_validation_pairs(const std::filesystem::path& folder, int vocabulary);

void write_validation_pairs(const std::filesystem::path& folder, const std::vector<ValidationPair>& pairs);

}  // namespace mynah::model
