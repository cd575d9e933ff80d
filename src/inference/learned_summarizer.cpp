#include "inference/learned_summarizer.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/interrupt.h"
#include "documents/words.h"
#include "inference/summary_units.h"
#include "inference/text_generator.h"
#include "inference/windows.h"
#include "text/utf8.h"

namespace mynah::inference {

using documents::Limits;
using documents::SourceText;

struct LearnedSummarizer::Recipe {
  LearnedOptions options;
  TokenizerPair tokenizers;
  TextGenerator generator;
  SentenceSplitter splitter;
  std::size_t window_pieces;  // of the text: the style and the end have room beside it

  Recipe(std::shared_ptr<const search::Network> network, TokenizerPair pair, LearnedOptions given)
      : options(std::move(given)),
        tokenizers(std::move(pair)),
        generator(std::move(network), tokenizers, options.language, options.language, generation_of(options)),
        splitter(options.language),
        window_pieces(static_cast<std::size_t>(options.generation.max_source_length) - 2) {
    ensure(!options.styles.empty(), "a model of summaries has styles");
  }

  /// A window is read whole, and the shorter candidates count as well.
  static GenerationOptions generation_of(const LearnedOptions& options) {
    GenerationOptions generation = options.generation;
    generation.split_sentences = false;
    generation.alignment = true;
    generation.search.n_best = generation.search.beam;
    return generation;
  }
};

namespace {

/// A sentence that was written.
struct Written {
  Unit unit;
  std::size_t words = 0;
  std::size_t window = 0;
};

/// Runs of three words, and sentences of fewer: none comes twice in a summary.
class Trigrams {
 public:
  /// Whether all of them are new; they are not any more then.
  bool take(std::span<const std::string_view> words) {
    std::set<std::string> mine;
    std::string sentence;
    for (const std::string_view word : words) sentence += concat(lower_case(word), " ");
    mine.insert(sentence);
    for (std::size_t i = 2; i < words.size(); ++i)
      mine.insert(lower_case(concat(words[i - 2], " ", words[i - 1], " ", words[i])));
    const bool is_new = std::ranges::none_of(mine, [&](const std::string& trigram) { return seen_.contains(trigram); });
    if (is_new) seen_.merge(mine);
    return is_new;
  }

 private:
  std::set<std::string> seen_;
};

std::vector<std::size_t> sizes_of(const std::vector<Unit>& units) {
  std::vector<std::size_t> sizes;
  for (const Unit& unit : units) sizes.push_back(unit.pieces);
  return sizes;
}

std::size_t total_pieces(const std::vector<Unit>& units) {
  std::size_t total = 0;
  for (const Unit& unit : units) total += unit.pieces;
  return total;
}

std::size_t total_words(const std::vector<Written>& written) {
  std::size_t total = 0;
  for (const Written& sentence : written) total += sentence.words;
  return total;
}

}  // namespace

/// One text being summarized.
class LearnedSummarizer::Work {
 public:
  Work(const Recipe& recipe, const SourceText& source, const Limits& limits)
      : recipe_(recipe),
        source_(source),
        limits_(limits),
        words_(recipe.options.language),
        sentences_read_(source.sentences.size()) {
    limits_.words = std::min(limits.words, source.words);
  }

  std::vector<Written> write() {
    const LearnedOptions& options = recipe_.options;
    std::size_t wanted = std::max<std::size_t>({1, limits_.least_sentences, limits_.least_words / kWordsOfAWindow});
    const std::vector<Unit> units = condensed(units_of(source_, *recipe_.tokenizers.source, recipe_.window_pieces), wanted);
    std::vector<Written> best;
    for (constexpr int kTries = 6; tries_ < kTries; ++tries_, wanted *= 2) {
      const auto windows = windows_over(sizes_of(units), recipe_.window_pieces, wanted);
      std::vector<Written> written = fitting(summaries(units, windows, nearest_style(options.style, options.styles)));
      if (best.empty() || total_words(written) > total_words(best)) best = std::move(written);
      if (is_long_enough(best) || windows.size() >= units.size()) break;
    }
    return best;
  }

  /// Of the text, by the network.
  std::size_t sentences_read() const { return sentences_read_; }

 private:
  static constexpr std::size_t kWordsOfAWindow = 25;  // that a network writes about a window, roughly

  bool sums_up_parts() const {
    return recipe_.options.sums_up_parts && std::ranges::count(recipe_.options.styles, kPartStyle) > 0;
  }

  /// What stands for a text of more windows than are wanted.
  std::vector<Unit> condensed(std::vector<Unit> units, std::size_t wanted) {
    const auto is_long = [&] { return windows_over(sizes_of(units), recipe_.window_pieces).size() > wanted; };
    if (!sums_up_parts() && is_long()) {
      std::vector<Unit> best = best_units(source_, units, wanted * recipe_.window_pieces);
      if (!best.empty()) {
        sentences_read_ = sentences_of(best);
        return best;
      }
    }
    while (is_long()) {
      std::vector<Unit> shorter = partial_summaries(units);
      if (!gives_enough(shorter)) break;
      units = std::move(shorter);
    }
    return units;
  }

  bool gives_enough(const std::vector<Unit>& units) {
    std::size_t words = 0;
    for (const Unit& unit : units) words += words_.split(unit.text).size();
    return words >= limits_.least_words && units.size() >= limits_.least_sentences;
  }

  bool is_long_enough(const std::vector<Written>& written) const {
    return total_words(written) >= limits_.least_words && written.size() >= limits_.least_sentences;
  }

  /// The next level: what stands for the text from now on, and is markedly shorter.
  std::vector<Unit> partial_summaries(const std::vector<Unit>& units) {
    const auto windows = windows_over(sizes_of(units), recipe_.window_pieces);
    const std::vector<Written> written = summaries(units, windows, nearest_style(kPartStyle, recipe_.options.styles));
    std::vector<Unit> all, first_ones;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (!seen.insert(written[i].unit.text).second) continue;
      all.push_back(written[i].unit);
      if (i == 0 || written[i].window != written[i - 1].window) first_ones.push_back(written[i].unit);
    }
    const std::size_t before = total_pieces(units);
    if (4 * total_pieces(all) <= 3 * before) return all;
    if (4 * total_pieces(first_ones) <= 3 * before) return first_ones;
    std::vector<Unit> half;  // a network that does not shorten
    for (std::size_t i = 0; i < units.size(); i += 2) half.push_back(units[i]);
    return half;
  }

  /// What the network writes about each window, in sentences.
  std::vector<Written> summaries(const std::vector<Unit>& units, const std::vector<Window>& windows, const std::string& style) {
    Progress* progress = recipe_.options.progress;
    std::vector<Written> written;
    const auto take = [&](std::size_t number, const Generated& generated) {
      const Window window = windows[number];
      const std::span<const Unit> read = std::span(units).subspan(window.begin, window.end - window.begin);
      for (const Part& part : generated.parts) add(number, read, choose(part), style, written);
    };
    const auto line_of = [&](const Window& window) {
      std::string line = concat(">>", style, "<<");
      for (std::size_t i = window.begin; i < window.end; ++i) line += " " + units[i].text;
      return line;
    };
    if (windows.size() == 1) {
      take(0, recipe_.generator.generate_line(line_of(windows[0])));
    } else {
      std::size_t next = 0;
      recipe_.generator.generate(
          [&]() { return next < windows.size() ? std::optional<Line>(line_of(windows[next++])) : std::nullopt; },
          [&](const Generated& generated) {
            take(generated.line, generated);
            if (progress != nullptr) progress->update(generated.line + 1, windows.size(), "windows");
          },
          interrupted);
      if (progress != nullptr) progress->finish();
    }
    if (interrupted()) throw Interrupted("interrupted while a text was being summarized");
    return written;
  }

  /// The likeliest candidate that is finished and short enough, else the likeliest.
  const Candidate& choose(const Part& part) {
    for (const Candidate& candidate : part.candidates) {
      if (candidate.complete && words_.split(candidate.text).size() <= limits_.words) return candidate;
    }
    return part.candidates.front();
  }

  void add(std::size_t window, std::span<const Unit> read, const Candidate& candidate, const std::string& style,
           std::vector<Written>& written) {
    const Grounding grounding(read, 1);
    std::size_t first = 0;
    const auto add_sentence = [&](std::string_view sentence) {
      Written one{{std::string(sentence), recipe_.tokenizers.source->encode(sentence).size(), {}}, 0, window};
      const std::size_t count = std::max<std::size_t>(1, recipe_.tokenizers.target->encode(sentence).size());
      one.words = words_.split(one.unit.text).size();
      one.unit.sources = grounding.of(one.unit.text, candidate, first, count);
      first += count;
      if (one.words > 0) written.push_back(std::move(one));
    };
    if (style == "headline") return add_sentence(candidate.text);
    for (const Sentence& sentence : recipe_.splitter.split(candidate.text)) add_sentence(sentence.text);
  }

  /// Whole sentences within the limits that repeat nothing.
  std::vector<Written> fitting(const std::vector<Written>& written) {
    std::vector<Written> chosen;
    Trigrams trigrams;
    std::size_t words = 0;
    for (const Written& sentence : written) {
      if (chosen.size() == limits_.sentences || sentence.words > limits_.words - words) continue;
      if (!trigrams.take(words_.split(sentence.unit.text))) continue;
      words += sentence.words;
      chosen.push_back(sentence);
    }
    return chosen;
  }

  const Recipe& recipe_;
  const SourceText& source_;
  Limits limits_;
  documents::WordSplitter words_;
  std::size_t sentences_read_;
  int tries_ = 0;
};

LearnedSummarizer::LearnedSummarizer(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers,
                                     LearnedOptions options)
    : recipe_(new Recipe(std::move(network), std::move(tokenizers), std::move(options))) {}

LearnedSummarizer::~LearnedSummarizer() = default;

Draft LearnedSummarizer::summarize(const SourceText& source, const Limits& limits) const {
  const auto extracted = [&](const std::string& why) {
    Draft draft = extractive_.summarize(source, limits);
    draft.notes.push_back(why + ": sentences are chosen from the text");
    return draft;
  };
  const LearnedOptions& options = recipe_->options;
  if (!source.language.empty() && !options.language.empty() && source.language != options.language) {
    return extracted(concat("the model reads ", options.language, ", and the text is in ", source.language));
  }
  Work work(*recipe_, source, limits);
  const std::vector<Written> written = work.write();
  if (written.empty()) return extracted("the model writes nothing as short as is asked for");
  Draft draft{.summary = {}, .method = std::string(name()), .sentences_read = work.sentences_read(), .notes = {}};
  for (const Written& sentence : written) {
    draft.summary.push_back({sentence.unit.text, sentence.words, weightiest(sentence.unit.sources)});
  }
  const std::string style = nearest_style(options.style, options.styles);
  if (!options.style.empty() && style != options.style && options.style != "bullets") {
    draft.notes.push_back(concat("--style ", options.style, ": the model was not trained for it; it was asked for a ", style));
  }
  return draft;
}

void settle(GenerationOptions& generation, const model::Model& model, const std::function<bool(std::string_view)>& given) {
  if (!given("beam-size")) generation.search.beam = model.generation.beam;
  generation.search.length_penalty = model.generation.length_penalty;
  generation.search.max_length = model.generation.max_length;
  if (!model.training || !model.training->contains("options")) return;
  const Json& options = model.training->at("options");
  const int trained = options.is_object() ? options.value("max_length", generation.max_source_length) : 0;
  constexpr int kLeast = 8;
  generation.max_source_length = std::clamp(trained, kLeast, std::max(kLeast, model.shape.max_positions));
}

std::string nearest_style(const std::string& wished, const std::vector<std::string>& styles) {
  static constexpr std::array<const char*, 4> kByLength{"headline", "sentence", "paragraph", "bullets"};
  const auto length = [](const std::string& style) {
    const auto found = std::ranges::find(kByLength, style);
    return found == kByLength.end() ? std::ptrdiff_t{2} : found - kByLength.begin();
  };
  return *std::ranges::min_element(
      styles, {}, [&](const std::string& style) { return std::pair(style != wished, std::abs(length(style) - length(wished))); });
}

}  // namespace mynah::inference
