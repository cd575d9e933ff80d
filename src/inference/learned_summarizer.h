// Summaries that a network writes. Of a text that is too long for it, either what it wrote about windows of the text, as deep as
// the text needs, or the best sentences stand for the text.
#pragma once
#include <functional>
#include <memory>

#include "base/progress.h"
#include "inference/extractive_summarizer.h"
#include "inference/generation_options.h"
#include "inference/summarizer.h"
#include "model/model.h"
#include "search/network.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// The method of summaries that a network wrote.
inline constexpr std::string_view kWritten = "model";
/// What it writes about windows of a long text, where it was trained to.
inline constexpr const char* kPartStyle = "paragraph";

struct LearnedOptions {
  std::string language;             // of the texts that the network was trained on
  std::vector<std::string> styles;  // that it writes; not empty
  std::string style;                // that is wished; empty: a paragraph
  bool sums_up_parts = true;        // well enough for what it writes about windows to stand in their place
  GenerationOptions generation;     // max_source_length: how much is read at once, in ids
  Progress* progress = nullptr;     // told of the windows of a long text; null: nobody is
};

/// Text in another language, and what the network writes nothing fitting for, is left to extraction, with a note.
class LearnedSummarizer : public Summarizer {
 public:
  LearnedSummarizer(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers, LearnedOptions options);
  ~LearnedSummarizer() override;

  Draft summarize(const documents::SourceText& source, const documents::Limits& limits) const override;
  std::string_view name() const override { return kWritten; }

 private:
  class Work;

  struct Recipe;
  std::unique_ptr<const Recipe> recipe_;
  ExtractiveSummarizer extractive_{false};
};

/// What a model brings, where it was not `given` on the command line: beam, length penalty, the longest target, and how much it
/// reads at once, which is what it was trained with.
void settle(GenerationOptions& generation, const model::Model& model, const std::function<bool(std::string_view)>& given);

/// The style to ask a model for: the one wished, else the one of `styles` that is nearest to it in length.
std::string nearest_style(const std::string& wished, const std::vector<std::string>& styles);

}  // namespace mynah::inference
