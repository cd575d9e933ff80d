#include "text/tokenizer.h"

#include <sentencepiece_processor.h>

#include <array>
#include <charconv>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "text/segmentation.h"
#include "text/sentencepiece_file.h"

namespace mynah {
namespace {

using sentencepiece::SentencePieceProcessor;

constexpr std::string_view kSpaceSymbol = "\u2581";  // SentencePiece's word for a space

std::unique_ptr<SentencePieceProcessor> load(const std::string& serialized, const std::string& name) {
  const auto fail = [&](std::string_view why) {
    throw Error(
        concat("cannot open the tokenizer ", name, ": its ", serialized.size(), " bytes are not a SentencePiece model: ", why));
  };
  try {
    check_sentencepiece_file(serialized);
  } catch (const Error& error) {
    fail(error.what());
  }
  auto processor = std::make_unique<SentencePieceProcessor>();
  if (const auto status = processor->LoadFromSerializedProto(serialized); !status.ok()) fail(status.message());
  return processor;
}

bool is_learned(const SentencePieceProcessor& processor, int piece) {
  return !processor.IsControl(piece) && !processor.IsUnknown(piece);
}

/// "<0x41>" → 'A'.
char byte_of(std::string_view piece) {
  unsigned byte = 0;
  std::from_chars(piece.data() + 3, piece.data() + piece.size() - 1, byte, 16);
  return static_cast<char>(byte);
}

}  // namespace

/// A SentencePiece model, and the id of each of its pieces. Its own numbers for them never leave this file.
struct Tokenizer::Pieces {
  enum class Sampling { none, unigram, bpe };
  Pieces(std::string bytes, const std::string& file, const Vocabulary& vocabulary);

  /// The text's pieces as SentencePiece numbers or spells them.
  template <class Piece>
  std::vector<Piece> encode(std::string_view text) const;
  int count() const { return processor->GetPieceSize(); }
  std::string normalised(std::string_view text) const;
  void make_sampler() const;
  void append(const Segment& segment, std::vector<TokenId>& ids) const;

  std::string serialized, name;
  std::unique_ptr<SentencePieceProcessor> processor;
  std::vector<TokenId> ids;
  TokenId unknown;
  std::array<TokenId, 256> byte_ids;  // `unknown` without byte fallback
  mutable std::once_flag sampler_made;
  mutable std::optional<const SegmentationSampler> sampler;  // made when first used: translating never needs it
  mutable Sampling sampling = Sampling::none;
};

Tokenizer::Pieces::Pieces(std::string bytes, const std::string& file, const Vocabulary& vocabulary)
    : serialized(std::move(bytes)), name(file), processor(load(serialized, name)), unknown(vocabulary.unknown()) {
  byte_ids.fill(unknown);
  int missing = 0;
  for (int piece = 0; piece < count(); ++piece) {
    const auto& text = processor->IdToPiece(piece);
    const auto id = vocabulary.id(text);
    const bool special = id == vocabulary.end() || id == vocabulary.pad();
    ids.push_back(is_learned(*processor, piece) && !special ? id.value_or(unknown) : unknown);
    missing += is_learned(*processor, piece) && !id;
    if (processor->IsByte(piece)) byte_ids[static_cast<unsigned char>(byte_of(text))] = ids.back();
  }
  if (10 * missing > count()) {
    throw Error(concat("the tokenizer ", name, " does not fit the vocabulary of ", vocabulary.size(), " pieces: ", missing,
                       " of its ", count(), " pieces are not in it; are they of the same model?"));
  }
}

template <class Piece>
std::vector<Piece> Tokenizer::Pieces::encode(std::string_view text) const {
  std::vector<Piece> pieces;
  if (const auto status = processor->Encode(text, &pieces); !status.ok()) {
    throw Error(concat("the tokenizer ", name, " cannot encode a text: ", status.message(),
                       "; a symbol that no text should have may be spelt as one has it"));
  }
  return pieces;
}

/// The text as its segments cover it: white space collapsed and written as kSpaceSymbol.
std::string Tokenizer::Pieces::normalised(std::string_view text) const {
  std::string result;
  const auto segmented = processor->EncodeAsImmutableProto(text);
  for (std::size_t i = 0; i < segmented.pieces_size(); ++i) {
    const auto piece = segmented.pieces(static_cast<int>(i));
    if (processor->IsByte(static_cast<int>(piece.id()))) {
      result += byte_of(piece.piece());
    } else {
      result += piece.piece();
    }
  }
  return result;
}

void Tokenizer::Pieces::make_sampler() const {
  std::vector<SegmentationSampler::Piece> pieces;
  for (int piece = 0; piece < count(); ++piece) {
    const bool in_text = is_learned(*processor, piece) && !processor->IsByte(piece) && !processor->IsUnused(piece);
    pieces.push_back({in_text ? processor->IdToPiece(piece) : "", processor->GetScore(piece)});
  }
  sampler.emplace(pieces);
  std::vector<int> drawn;
  std::vector<std::vector<int>> best;
  if (processor->SampleEncode("a", 1, 1.0F, &drawn).ok()) {  // says which kind of model it is
    sampling = processor->NBestEncode("a", 1, &best).ok() ? Sampling::unigram : Sampling::bpe;
  }
}

void Tokenizer::Pieces::append(const Segment& segment, std::vector<TokenId>& result) const {
  if (segment.piece != Segment::kNoPiece) {
    result.push_back(ids[static_cast<std::size_t>(segment.piece)]);
  } else if (byte_ids[0] != unknown) {
    for (const char byte : segment.text) result.push_back(byte_ids[static_cast<unsigned char>(byte)]);
  } else if (result.empty() || result.back() != unknown) {
    result.push_back(unknown);  // one for several in a row, as SentencePiece has it
  }
}

namespace {

/// Takes a leading ">>xx<<" off the text when it stands in the vocabulary.
std::optional<TokenId> take_language_token(std::string_view& text, const Vocabulary& vocabulary) {
  if (!text.starts_with(">>")) return std::nullopt;
  const std::size_t end = text.find("<<");
  if (end == text.npos) return std::nullopt;
  const auto id = vocabulary.id(text.substr(0, end + 2));
  if (id) text.remove_prefix(end + 2);
  return id;
}

}  // namespace

Tokenizer::Tokenizer(const std::filesystem::path& path, std::shared_ptr<const Vocabulary> vocabulary)
    : Tokenizer(read_file(path), path.string(), std::move(vocabulary)) {}

Tokenizer::Tokenizer(std::string serialized, const std::string& name, std::shared_ptr<const Vocabulary> vocabulary)
    : pieces_(std::make_unique<Pieces>(std::move(serialized), name, *vocabulary)), vocabulary_(std::move(vocabulary)) {}

Tokenizer::~Tokenizer() = default;

std::vector<TokenId> Tokenizer::encode(std::string_view text) const {
  std::vector<TokenId> ids;
  if (const auto language = take_language_token(text, *vocabulary_)) ids.push_back(*language);
  for (const int number : pieces_->encode<int>(text)) ids.push_back(pieces_->ids[static_cast<std::size_t>(number)]);
  return ids;
}

std::vector<TokenId> Tokenizer::sample(std::string_view text, double alpha, Random& random) const {
  std::call_once(pieces_->sampler_made, [this] { pieces_->make_sampler(); });
  if (pieces_->sampling == Pieces::Sampling::none) return encode(text);
  std::vector<TokenId> ids;
  if (const auto language = take_language_token(text, *vocabulary_)) ids.push_back(*language);
  const std::string normalised = pieces_->normalised(text);
  const auto segments = pieces_->sampling == Pieces::Sampling::unigram ? pieces_->sampler->unigram(normalised, alpha, random)
                                                                       : pieces_->sampler->bpe(normalised, alpha, random);
  for (const auto& segment : segments) pieces_->append(segment, ids);
  return ids;
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
  std::vector<std::string> shown;
  for (const TokenId id : ids) {
    if (id == vocabulary_->end() || id == vocabulary_->pad()) continue;
    auto& piece = shown.emplace_back(vocabulary_->piece(id));
    // A piece that only the other side's model knows would keep its space symbol.
    const bool foreign = id != vocabulary_->unknown() && !has_piece(piece);
    if (foreign && piece.starts_with(kSpaceSymbol)) piece.replace(0, kSpaceSymbol.size(), shown.size() > 1 ? " " : "");
  }
  std::string text;
  ensure(pieces_->processor->Decode(shown, &text).ok(), "SentencePiece decodes any pieces");
  return text;
}

std::vector<std::string> Tokenizer::pieces(std::string_view text) const {
  std::vector<std::string> result;
  if (const auto language = take_language_token(text, *vocabulary_)) result.push_back(vocabulary_->piece(*language));
  for (auto& piece : pieces_->encode<std::string>(text)) result.push_back(std::move(piece));
  return result;
}

bool Tokenizer::has_piece(const std::string& piece) const {
  return !pieces_->processor->IsUnknown(pieces_->processor->PieceToId(piece));
}

const std::string& Tokenizer::serialized() const { return pieces_->serialized; }

std::vector<std::string> learned_pieces(const std::string& serialized, const std::string& name) {
  const auto processor = load(serialized, name);
  std::vector<std::string> pieces;
  for (int piece = 0; piece < processor->GetPieceSize(); ++piece) {
    if (is_learned(*processor, piece)) pieces.push_back(processor->IdToPiece(piece));
  }
  return pieces;
}

namespace {

/// A tokenizer of another model may know a part of the vocabulary and never give the rest.
void check_coverage(const TokenizerPair& pair, const std::filesystem::path& folder) {
  int unreachable = 0;
  for (TokenId id = 0; id < pair.vocabulary->size(); ++id) {
    if (id == pair.vocabulary->end() || id == pair.vocabulary->unknown() || id == pair.vocabulary->pad()) continue;
    const std::string& piece = pair.vocabulary->piece(id);
    unreachable += !pair.source->has_piece(piece) && !pair.target->has_piece(piece);
  }
  if (10 * unreachable > pair.vocabulary->size()) {
    throw Error(concat("the tokenizers source.spm and target.spm of ", folder.string(), " do not fit vocab.json beside them: ",
                       unreachable, " of its ", pair.vocabulary->size(), " pieces are in neither; are they of the same model?"));
  }
}

}  // namespace

TokenizerPair open_tokenizers(const std::filesystem::path& folder) {
  TokenizerPair pair;
  pair.vocabulary = std::make_shared<const Vocabulary>(Vocabulary::open(folder / "vocab.json"));
  pair.source = std::make_shared<const Tokenizer>(folder / "source.spm", pair.vocabulary);
  std::string target = read_file(folder / "target.spm");
  pair.target = target == pair.source->serialized()
                    ? pair.source
                    : std::make_shared<const Tokenizer>(std::move(target), (folder / "target.spm").string(), pair.vocabulary);
  check_coverage(pair, folder);
  return pair;
}

void save_tokenizers(const TokenizerPair& tokenizers, const std::filesystem::path& folder) {
  write_file(folder / "source.spm", tokenizers.source->serialized());
  write_file(folder / "target.spm", tokenizers.target->serialized());
  tokenizers.vocabulary->save(folder / "vocab.json");
}

}  // namespace mynah
