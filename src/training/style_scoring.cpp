#include "training/style_scoring.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "corpus/document_reduction.h"
#include "inference/extractive_summarizer.h"
#include "inference/learned_summarizer.h"
#include "inference/summarization.h"
#include "metrics/rouge.h"
#include "nn/libtorch_network.h"
#include "nn/sequence_model.h"
#include "training/figures.h"

namespace mynah::training {
namespace {

using inference::Summarizer;

/// Documents of one style with the summaries that people gave them.
struct Documents {
  std::vector<std::string> texts;
  std::vector<std::vector<std::string>> references;
};

/// Spread evenly over all that there are.
Documents documents_of(const std::string& style, const std::vector<corpus::TextPair>& pairs) {
  constexpr std::size_t kMost = 200;
  const std::string token = concat(">>", style, "<< ");
  std::vector<const corpus::TextPair*> there;
  for (const corpus::TextPair& pair : pairs) {
    if (corpus::style_token(pair.source) == token) there.push_back(&pair);
  }
  Documents documents;
  const std::size_t wanted = std::min(there.size(), kMost);
  for (std::size_t i = 0; i < wanted; ++i) {
    const corpus::TextPair& pair = *there[i * there.size() / wanted];
    documents.texts.push_back(pair.source.substr(token.size()));
    documents.references.push_back({pair.target});
  }
  return documents;
}

/// Twice what people took, in ids: a network that finds no end is not waited for.
int longest_summary(const Documents& documents, const Tokenizer& tokenizer) {
  std::size_t longest = 0;
  for (const auto& references : documents.references)
    longest = std::max(longest, tokenizer.encode(references.front()).size() + 1);
  return static_cast<int>(2 * longest);
}

/// On lines; nothing where the summarizer left it to another one.
std::string summary_of(const std::string& text, const Summarizer& summarizer, const inference::SummarizeOptions& options) {
  try {
    std::string lines;
    const documents::Document document = documents::parse_document(text, "a validation document", documents::Format::text);
    const inference::Summarized summarized = inference::summarize({document}, summarizer, options);
    if (summarized.method != summarizer.name()) return "";
    for (const inference::SummarySentence& sentence : summarized.summary) lines += sentence.text + "\n";
    return lines;
  } catch (const Interrupted&) {
    throw;
  } catch (const Error&) {
    return "";  // there is no text in it
  }
}

double rouge2(const Documents& documents, const Summarizer& summarizer, const inference::SummarizeOptions& options) {
  std::vector<std::string> summaries;
  for (const std::string& text : documents.texts) summaries.push_back(summary_of(text, summarizer, options));
  return metrics::rouge(summaries, documents.references, metrics::rouge_tokens_for(options.language)).best[1];
}

}  // namespace

std::vector<model::StyleScore> score_styles(const model::Model& model, const std::vector<corpus::TextPair>& validation) {
  const std::shared_ptr<const search::Network> network =
      nn::make_network(nn::build(model.shape, model.weights), model.tokenizers.vocabulary->pad());
  std::vector<model::StyleScore> scores;
  for (const std::string& style : model.styles) {
    const Documents documents = documents_of(style, validation);
    if (documents.texts.empty()) continue;
    inference::SummarizeOptions options;
    options.language = model.languages.source;
    options.length.style = style;
    inference::LearnedOptions learned{
        .language = options.language, .styles = model.styles, .style = style, .generation = options.generation};
    settle(learned.generation, model, [](std::string_view) { return false; });
    int& most = learned.generation.search.max_length;
    most = std::min(most, longest_summary(documents, *model.tokenizers.target));
    const inference::LearnedSummarizer writing(network, model.tokenizers, learned);
    scores.push_back({style, rouge2(documents, writing, options),
                      rouge2(documents, inference::ExtractiveSummarizer(false), options),
                      static_cast<int>(documents.texts.size())});
  }
  return scores;
}

std::string described(const std::vector<model::StyleScore>& scores) {
  std::string text;
  for (const model::StyleScore& score : scores) {
    text += concat(text.empty() ? "" : ", ", score.style, " ", fixed(score.written, 1),
                   " (sentences of the text: ", fixed(score.chosen, 1), ")");
  }
  return text;
}

}  // namespace mynah::training
