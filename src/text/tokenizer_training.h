// Training a SentencePiece tokenizer on sampled lines.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "text/tokenizer.h"

namespace mynah {

struct TokenizerTraining {
  int vocabulary = 8000;                         // pieces, `</s>` and `<unk>` included; `<pad>` comes on top
  std::string type = "unigram";                  // or "bpe"
  std::string source_language, target_language;  // choose character coverage (0.9995 for zh, ja, ko; else 1)
  bool separate = false;                         // one .spm per side over a joint vocabulary, instead of one for both
  std::int64_t sample_lines = 400'000;           // reservoir, over both sides together
  std::uint64_t seed = 1;
  std::vector<std::string> symbols;  // pieces that stand for themselves, as ">>headline<<"
};

/// Calls back with every line of one side of the training text.
using EachLine = std::function<void(const std::function<void(std::string_view)>&)>;

/// Trains on a uniform reservoir sample of both sides. Byte fallback on; no NFKC folding on the target side.
/// Throws Error when the text is too small for the vocabulary, saying the largest that would work.
TokenizerPair train_tokenizers(const TokenizerTraining& options, const EachLine& source, const EachLine& target, const Log& log);

/// Builds the joint vocabulary of given .spm files.
TokenizerPair join_tokenizers(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace mynah
