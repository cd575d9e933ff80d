#include "inference/learned_summarizer.h"

#include <gmock/gmock.h>

#include <array>

#include "base/random.h"
#include "echo_network.h"

namespace mynah::inference {
namespace {

using documents::Limits;
using documents::SourceText;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kWords{"cat", "dog", "bird", "tea", "coffee", "morning", "station", "sun", "mat", "green"};
const std::vector<std::string> kStyles{"headline", "paragraph"};

const TokenizerPair& tokenizers() {
  static const TokenizerPair pair = [] {
    const EachLine lines = [](const std::function<void(std::string_view)>& each) {
      for (std::size_t i = 0; i < 200; ++i) {
        std::string line = "The";
        for (std::size_t j = 0; j < 6; ++j) line += " " + kWords[(i * (j + 3) + j * j) % kWords.size()];
        each(line + ".");
      }
    };
    TokenizerTraining options;
    options.vocabulary = 290;
    options.symbols = {">>headline<<", ">>paragraph<<"};
    return train_tokenizers(options, lines, lines, Log());
  }();
  return pair;
}

/// Reads the style and says the text that follows it, or what `echo` makes of that.
class StyledNetwork final : public search::Network {
 public:
  class Step final : public search::StepModel {
   public:
    Step(std::unique_ptr<search::StepModel> echo, StyledNetwork& network) : echo_(std::move(echo)), network_(network) {}
    int vocabulary() const override { return echo_->vocabulary(); }
    int rows() const override { return echo_->rows(); }
    int free_rows() const override { return echo_->free_rows(); }
    void advance(std::span<const search::Continuation> rows, std::span<const search::Admission> admissions) override {
      std::vector<search::Admission> bare;
      for (search::Admission admission : admissions) {
        network_.heard(admission.source);
        admission.source = admission.source.subspan(1);
        bare.push_back(admission);
      }
      echo_->advance(rows, bare);
    }
    void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<search::Candidate> best) override {
      echo_->top(count, forbidden, best);
    }
    void named(int row, std::span<const TokenId> tokens, std::span<float> values) override { echo_->named(row, tokens, values); }
    void all(std::span<float> values) override { echo_->all(values); }

   private:
    std::unique_ptr<search::StepModel> echo_;
    StyledNetwork& network_;
  };

  std::unique_ptr<search::StepModel> step_model(const search::Capacity& capacity) const override {
    return std::make_unique<Step>(echo.step_model(capacity), const_cast<StyledNetwork&>(*this));
  }
  std::vector<search::ForcedPass> forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const override {
    std::vector<search::ForcedPass> passes;
    for (const search::Pair& pair : pairs) {
      const std::array<search::Pair, 1> bare{{{pair.source.subspan(1), pair.target}}};
      search::ForcedPass pass = echo.forced(bare, wish).front();
      for (std::size_t row = 0; wish.attention && row < pair.target.size(); ++row) {
        pass.attention.insert(pass.attention.begin() + static_cast<std::ptrdiff_t>(row * pair.source.size()), 0.0F);
      }
      passes.push_back(std::move(pass));
    }
    return passes;
  }
  void heard(std::span<const TokenId> source) {
    const std::lock_guard lock(mutex);
    texts.push_back(tokenizers().source->decode(source));
  }

  EchoNetwork echo{tokenizers().vocabulary->size()};
  std::mutex mutex;
  std::vector<std::string> texts;  // that were read, with their styles
};

/// Says the first sentence of a window, no more.
void say_first_sentences(const StyledNetwork& network) {
  const TokenId stop = tokenizers().source->encode("cat.").back();
  network.echo.watch().mistake = [stop](std::span<const TokenId> source, std::size_t position) {
    const bool over = position > 0 && position < source.size() && source[position - 1] == stop;
    return over ? std::optional(TokenId{0}) : std::nullopt;
  };
}

LearnedSummarizer summarizer_of(const std::shared_ptr<StyledNetwork>& network, const std::string& style = "", int window = 256) {
  LearnedOptions options{.language = "en", .styles = kStyles, .style = style, .generation = {}};
  options.generation.max_source_length = window;
  options.generation.search.beam = 2;
  options.generation.threads = 2;
  return {network, tokenizers(), options};
}

SourceText text_of(const std::string& text, const std::string& language = "en") {
  documents::Document document;
  document.paragraphs.emplace_back().text = text;
  return documents::source_text(std::span(&document, 1), language);
}

std::string random_text(Random& random, std::size_t sentences) {
  std::string text;
  for (std::size_t i = 0; i < sentences; ++i) {
    text += text.empty() ? "The" : " The";
    for (std::size_t j = 2 + random.below(8); j > 0; --j) text += " " + kWords[random.below(kWords.size())];
    text += ".";
  }
  return text;
}

TEST(LearnedSummarizer, WritesWholeSentencesAndKnowsWhatTheyRestOn) {
  const auto network = std::make_shared<StyledNetwork>();
  const SourceText source = text_of("The cat green tea. The dog morning sun. The bird coffee station.");
  const Draft draft = summarizer_of(network).summarize(source, {.sentences = 2});
  EXPECT_EQ(draft.method, "model");
  EXPECT_EQ(draft.sentences_read, 3U);
  ASSERT_EQ(draft.summary.size(), 2U);
  EXPECT_EQ(draft.summary[0].text, "The cat green tea.");
  EXPECT_EQ(draft.summary[1].text, "The dog morning sun.");
  EXPECT_EQ(draft.summary[0].words, 4U);
  EXPECT_EQ(draft.summary[0].sources.front(), 0U);
  EXPECT_EQ(draft.summary[1].sources.front(), 1U);
  EXPECT_THAT(network->texts,
              ElementsAre(">>paragraph<< " + std::string("The cat green tea. The dog morning sun. The bird coffee station.")));
  EXPECT_THAT(draft.notes, IsEmpty());
}

TEST(LearnedSummarizer, AHeadlineIsOneLine) {
  const auto network = std::make_shared<StyledNetwork>();
  const Draft draft = summarizer_of(network, "headline").summarize(text_of("The cat green. The dog sun."), {.sentences = 1});
  ASSERT_EQ(draft.summary.size(), 1U);
  EXPECT_EQ(draft.summary[0].text, "The cat green. The dog sun.");
  EXPECT_THAT(network->texts.front(), testing::StartsWith(">>headline<<"));
}

TEST(LearnedSummarizer, EverySentenceOfALongTextIsRead) {
  Random random(3);
  const auto network = std::make_shared<StyledNetwork>();
  say_first_sentences(*network);
  const SourceText source = text_of(random_text(random, 120));
  const Draft draft = summarizer_of(network, "", 60).summarize(source, {.sentences = 3});
  std::string read;
  for (const std::string& text : network->texts) read += text + "\n";
  for (const auto& sentence : source.sentences) EXPECT_THAT(read, HasSubstr(sentence.text));
  EXPECT_EQ(draft.summary.size(), 1U) << "of the last window, the only one";
  EXPECT_FALSE(draft.summary[0].sources.empty());
}

/// As they were read in training.
TEST(LearnedSummarizer, WhatDoesNotSumUpPartsReadsTheBestSentencesOfALongText) {
  Random random(6);
  const SourceText source = text_of(random_text(random, 120));
  LearnedOptions good{.language = "en", .styles = kStyles, .style = "headline", .sums_up_parts = false, .generation = {}};
  LearnedOptions headlines_alone{.language = "en", .styles = {"headline"}, .style = "headline", .generation = {}};
  for (LearnedOptions options : {good, headlines_alone}) {
    options.generation.max_source_length = 60;
    const auto network = std::make_shared<StyledNetwork>();
    const Draft draft = LearnedSummarizer(network, tokenizers(), options).summarize(source, {.sentences = 1});
    ASSERT_EQ(network->texts.size(), 1U);
    const std::string& read = network->texts.front();
    EXPECT_LE(tokenizers().source->encode(read).size(), 60U);
    std::size_t sentences = 0, begin = 0;
    for (const auto& sentence : source.sentences) {
      const std::size_t found = read.find(sentence.text, begin);
      if (found == std::string::npos) continue;
      ++sentences;
      begin = found + sentence.text.size();
    }
    EXPECT_EQ(begin, read.size()) << "whole sentences of the text, in their order";
    EXPECT_EQ(draft.sentences_read, sentences);
    EXPECT_GT(sentences, 1U);
    EXPECT_EQ(draft.method, "model");
  }
  const auto network = std::make_shared<StyledNetwork>();
  say_first_sentences(*network);
  good.generation.max_source_length = 60;
  const Draft several = LearnedSummarizer(network, tokenizers(), good).summarize(source, {.sentences = 4, .least_sentences = 4});
  EXPECT_EQ(several.summary.size(), 4U);
  EXPECT_LT(several.sentences_read, source.sentences.size());
  for (const std::string& read : network->texts) EXPECT_THAT(read, testing::StartsWith(">>headline<<")) << "no partial summary";
}

TEST(LearnedSummarizer, AsManySentencesAsAreWished) {
  Random random(4);
  const auto network = std::make_shared<StyledNetwork>();
  say_first_sentences(*network);
  const SourceText source = text_of(random_text(random, 30));
  const Draft draft = summarizer_of(network, "", 100).summarize(source, {.sentences = 4, .least_sentences = 4});
  EXPECT_EQ(draft.summary.size(), 4U);
  const Draft words = summarizer_of(network, "", 100).summarize(source, {.words = 40, .least_words = 30});
  std::size_t count = 0;
  for (const SummarySentence& sentence : words.summary) count += sentence.words;
  EXPECT_GE(count, 30U);
  EXPECT_LE(count, 40U);
}

TEST(LearnedSummarizer, NothingIsSaidTwice) {
  const auto network = std::make_shared<StyledNetwork>();
  const SourceText source = text_of("Green tea. The cat dog sun mat. Green tea. The cat dog sun. Green coffee.");
  const Draft draft = summarizer_of(network).summarize(source, {.sentences = 5});
  std::string said;
  for (const SummarySentence& sentence : draft.summary) said += sentence.text + "|";
  EXPECT_EQ(said, "Green tea.|The cat dog sun mat.|Green coffee.|");
}

TEST(LearnedSummarizer, NeverLongerThanSourceOrLimit) {
  Random random(5);
  const auto network = std::make_shared<StyledNetwork>();
  for (int round = 0; round < 40; ++round) {
    if (round == 20) say_first_sentences(*network);
    const SourceText source = text_of(random_text(random, 1 + random.below(25)));
    const Limits limits{.sentences = 1 + random.below(5), .words = 3 + random.below(40)};
    const Draft draft = summarizer_of(network, round % 3 == 0 ? "headline" : "", 40).summarize(source, limits);
    std::size_t words = 0;
    for (const SummarySentence& sentence : draft.summary) {
      words += sentence.words;
      EXPECT_FALSE(sentence.sources.empty());
      for (const std::size_t index : sentence.sources) EXPECT_LT(index, source.sentences.size());
    }
    EXPECT_LE(words, std::min(limits.words, source.words));
    EXPECT_LE(draft.summary.size(), limits.sentences);
  }
}

TEST(LearnedSummarizer, WhatItCannotDoIsLeftToExtractionAndSaid) {
  const auto network = std::make_shared<StyledNetwork>();
  const Draft german = summarizer_of(network).summarize(text_of("Das Eis schmilzt. Die See ist warm.", "de"), {.sentences = 1});
  EXPECT_EQ(german.method, "extractive");
  EXPECT_THAT(german.notes, ElementsAre(HasSubstr("the model reads en, and the text is in de")));
  EXPECT_THAT(network->texts, IsEmpty());
  const Draft headline = summarizer_of(network, "headline")
                             .summarize(text_of("The cat tea. The dog sun. The bird mat."), {.sentences = 1, .words = 3});
  EXPECT_EQ(headline.method, "extractive");
  EXPECT_EQ(headline.summary.size(), 1U);
  EXPECT_THAT(headline.notes, ElementsAre(HasSubstr("nothing as short as is asked for")));
}

TEST(NearestStyle, IsTheOneWishedOrTheNearestInLength) {
  EXPECT_EQ(nearest_style("headline", {"sentence", "headline"}), "headline");
  EXPECT_EQ(nearest_style("headline", {"paragraph", "sentence"}), "sentence");
  EXPECT_EQ(nearest_style("", {"headline", "sentence", "paragraph"}), "paragraph");
  EXPECT_EQ(nearest_style("bullets", {"headline", "paragraph"}), "paragraph");
  EXPECT_EQ(nearest_style("", {"headline"}), "headline");
}

}  // namespace
}  // namespace mynah::inference
