#include "text/tokenizer_training.h"

#include <sentencepiece_trainer.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "text/utf8.h"

namespace mynah {
namespace {

using Lines = std::vector<std::string>;

/// A uniform sample of the lines that are not blank (Vitter's reservoir, 1985), in bounded memory: long lines are cut.
Lines sample_lines(const EachLine& each_line, std::size_t capacity, Random random) {
  constexpr std::size_t kLongestLine = 2000;  // code points; nothing new about pieces comes later
  Lines lines;
  std::uint64_t seen = 0;
  each_line([&](std::string_view line) {
    if (is_blank(line)) return;
    const std::uint64_t place = seen++ < capacity ? lines.size() : random.below(seen);
    if (place >= capacity) return;
    if (place == lines.size()) lines.emplace_back();
    lines[place] = repair_utf8(first_code_points(line, kLongestLine));
  });
  return lines;
}

class LineIterator : public sentencepiece::SentenceIterator {
 public:
  explicit LineIterator(const Lines& lines) : lines_(lines) {}
  bool done() const override { return next_ == lines_.size(); }
  void Next() override { ++next_; }
  const std::string& value() const override { return lines_[next_]; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  const Lines& lines_;
  std::size_t next_ = 0;
};

/// The number behind the last `words` of SentencePiece's message.
std::optional<int> number_behind(std::string_view message, std::string_view words) {
  const std::size_t found = message.rfind(words);
  if (found == message.npos) return std::nullopt;
  const char* begin = message.data() + found + words.size();
  int number = 0;
  const bool parsed = std::from_chars(begin, message.data() + message.size(), number).ec == std::errc();
  return parsed ? std::optional(number) : std::nullopt;
}

[[noreturn]] void fail(const std::string& message, int vocabulary, std::size_t lines) {
  const std::string asked = concat("cannot train a tokenizer of ", vocabulary, " pieces on ", lines, " lines of text: ");
  if (const auto largest = number_behind(message, "value <= ")) {
    throw Error(concat(asked, "the text is too small for more than ", *largest, " (ask for fewer, or give more text)"));
  }
  if (const auto smallest = number_behind(message, " vs ")) {
    throw Error(concat(asked, "its characters alone need ", *smallest, " (ask for more)"));
  }
  throw Error(asked + message);
}

/// Whole scripts of thousands of characters: the rarest stay bytes.
bool has_many_characters(std::string_view language) {
  const auto code = language.substr(0, language.find_first_of("-_"));
  return code == "zh" || code == "ja" || code == "ko";
}

std::string joined(const Lines& symbols) {
  std::string text;
  for (const std::string& symbol : symbols) text += (text.empty() ? "" : ",") + symbol;
  return text;
}

/// The bytes of a model. Which characters look alike stays as it is (identity); only white space is collapsed.
std::string train_model(const TokenizerTraining& options, const Lines& lines, bool many_characters) {
  if (lines.empty()) throw Error("cannot train a tokenizer: the training text has no line that is not blank");
  LineIterator iterator(lines);
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(
      {{"model_type", options.type},
       {"vocab_size", std::to_string(options.vocabulary)},
       {"character_coverage", many_characters ? "0.9995" : "1.0"},
       {"normalization_rule_name", "identity"},
       {"byte_fallback", "true"},
       {"eos_id", "0"},
       {"unk_id", "1"},
       {"bos_id", "-1"},
       {"pad_id", "-1"},
       {"max_sentence_length", "1000000"},
       {"user_defined_symbols", joined(options.symbols)},
       {"num_threads", "2"},  // part of the result: sums of floats are grouped by thread
       {"minloglevel", "2"}},
      &iterator, &model);
  if (!status.ok()) fail(status.ToString(), options.vocabulary, lines.size());
  return model;
}

/// One vocabulary for both sides: the source's pieces in their order, then what the target adds.
TokenizerPair join(const std::string& source, const std::string& source_name, const std::string& target,
                   const std::string& target_name) {
  std::vector<std::string> pieces{"</s>", "<unk>"};
  std::unordered_set<std::string> known{"</s>", "<unk>", "<pad>"};
  const auto add = [&](std::string piece) {
    if (known.insert(piece).second) pieces.push_back(std::move(piece));
  };
  for (auto& piece : learned_pieces(source, source_name)) add(std::move(piece));
  for (auto& piece : learned_pieces(target, target_name)) add(std::move(piece));
  pieces.push_back("<pad>");
  TokenizerPair pair;
  pair.vocabulary = std::make_shared<const Vocabulary>(std::move(pieces));
  pair.source = std::make_shared<const Tokenizer>(source, source_name, pair.vocabulary);
  pair.target = source == target ? pair.source : std::make_shared<const Tokenizer>(target, target_name, pair.vocabulary);
  return pair;
}

}  // namespace

TokenizerPair train_tokenizers(const TokenizerTraining& options, const EachLine& source, const EachLine& target, const Log& log) {
  if (options.type != "unigram" && options.type != "bpe") {
    throw Error(concat("cannot train a tokenizer of type '", options.type, "': expected unigram or bpe"));
  }
  const auto capacity = static_cast<std::size_t>(std::max<std::int64_t>(1, options.sample_lines / 2));
  Lines source_lines = sample_lines(source, capacity, Random(options.seed, 0));
  Lines target_lines = sample_lines(target, capacity, Random(options.seed, 1));
  log.info(concat("training a ", options.type, " tokenizer of ", options.vocabulary, " pieces on ", source_lines.size(), " + ",
                  target_lines.size(), " lines"));
  const bool many_source = has_many_characters(options.source_language);
  const bool many_target = has_many_characters(options.target_language);
  if (options.separate) {
    return join(train_model(options, source_lines, many_source), "source.spm", train_model(options, target_lines, many_target),
                "target.spm");
  }
  source_lines.insert(source_lines.end(), std::make_move_iterator(target_lines.begin()),
                      std::make_move_iterator(target_lines.end()));
  const std::string model = train_model(options, source_lines, many_source || many_target);
  return join(model, "source.spm", model, "target.spm");
}

TokenizerPair join_tokenizers(const std::filesystem::path& source, const std::filesystem::path& target) {
  return join(read_file(source), source.string(), read_file(target), target.string());
}

}  // namespace mynah
