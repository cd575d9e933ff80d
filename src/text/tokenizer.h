// Text into ids and back: pieces from SentencePiece (Kudo and Richardson 2018), ids from the joint vocabulary.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "text/token_id.h"
#include "text/vocabulary.h"

namespace mynah {

/// One side's tokenizer. Immutable and safe to share between threads.
class Tokenizer {
 public:
  /// Throws Error naming `path` when it is no SentencePiece model, or when its pieces are not in the vocabulary.
  Tokenizer(const std::filesystem::path& path, std::shared_ptr<const Vocabulary> vocabulary);
  ~Tokenizer();

  /// Ids of the text's pieces, without `</s>`. Literal `</s>`, `<pad>`, `<unk>` in the text are text, unless a leading
  /// `>>xx<<` token stands in the vocabulary.
  std::vector<TokenId> encode(std::string_view text) const;
  /// As encode(), with a segmentation drawn at `alpha` (unigram: subword regularisation, Kudo 2018, from the n-best lattice;
  /// BPE: merges dropped with probability alpha, Provilkov et al. 2020), using only `random`, so that draws repeat.
  std::vector<TokenId> sample(std::string_view text, double alpha, Random& random) const;
  /// Text of ids; `</s>` and `<pad>` vanish.
  std::string decode(std::span<const TokenId> ids) const;
  /// The pieces of a text as strings, for alignments and pictures.
  std::vector<std::string> pieces(std::string_view text) const;

  const Vocabulary& vocabulary() const { return *vocabulary_; }
  /// The bytes of the .spm file, to be stored beside a model.
  const std::string& serialized() const;

 private:
  struct Pieces;
  std::unique_ptr<Pieces> pieces_;
  std::shared_ptr<const Vocabulary> vocabulary_;
};

/// The tokenizers of a model: two .spm files (often the same) over one vocabulary.
struct TokenizerPair {
  std::shared_ptr<const Vocabulary> vocabulary;
  std::shared_ptr<const Tokenizer> source, target;
};

/// Opens source.spm, target.spm and vocab.json of a folder. Throws Error naming what is missing or does not fit.
TokenizerPair open_tokenizers(const std::filesystem::path& folder);

/// Writes them there.
void save_tokenizers(const TokenizerPair& tokenizers, const std::filesystem::path& folder);

}  // namespace mynah
