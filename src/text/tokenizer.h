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
  /// Throws Error naming `path` when it is no SentencePiece model, or when more than a tenth of its pieces are not in the
  /// vocabulary (a few may be missing in models of other toolkits; they become `<unk>`).
  Tokenizer(const std::filesystem::path& path, std::shared_ptr<const Vocabulary> vocabulary);
  /// From the bytes of an .spm file that errors call `name`.
  Tokenizer(std::string serialized, const std::string& name, std::shared_ptr<const Vocabulary> vocabulary);
  ~Tokenizer();

  /// Ids of the text's pieces, without `</s>`. Literal `</s>`, `<pad>`, `<unk>` in the text are text, unless a leading
  /// `>>xx<<` token stands in the vocabulary.
  std::vector<TokenId> encode(std::string_view text) const;
  /// As encode(), with a segmentation drawn by `random` alone, so that draws repeat. Unigram: from all segmentations, smoothed by
  /// `alpha` (subword regularisation, Kudo 2018). BPE: merges are left out with probability `alpha` (Provilkov et al. 2020).
  std::vector<TokenId> sample(std::string_view text, double alpha, Random& random) const;
  /// Text of ids; `</s>` and `<pad>` vanish.
  std::string decode(std::span<const TokenId> ids) const;
  /// The pieces of a text as strings, one for each id of encode(), for alignments and pictures.
  std::vector<std::string> pieces(std::string_view text) const;

  /// Whether a text can have this piece.
  bool has_piece(const std::string& piece) const;

  const Vocabulary& vocabulary() const { return *vocabulary_; }
  /// The bytes of the .spm file, to be stored beside a model.
  const std::string& serialized() const;

 private:
  struct Pieces;
  std::unique_ptr<Pieces> pieces_;
  std::shared_ptr<const Vocabulary> vocabulary_;
};

/// The pieces of a SentencePiece model that need ids (all but control symbols and `<unk>`), in its order. Throws Error.
std::vector<std::string> learned_pieces(const std::string& serialized, const std::string& name);

/// The tokenizers of a model: two .spm files (often the same) over one vocabulary.
struct TokenizerPair {
  std::shared_ptr<const Vocabulary> vocabulary;
  std::shared_ptr<const Tokenizer> source, target;
};

/// Opens source.spm, target.spm and vocab.json of a folder. Throws Error naming what is missing or does not fit: more than a
/// tenth of the vocabulary in neither tokenizer, or the reverse.
TokenizerPair open_tokenizers(const std::filesystem::path& folder);

/// Writes them there.
void save_tokenizers(const TokenizerPair& tokenizers, const std::filesystem::path& folder);

}  // namespace mynah
