#include "inference/summary_rendering.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "documents/plain_text.h"
#include "inference/summary_length.h"

namespace mynah::inference {
namespace {

using documents::SourceSentence;

/// "report.txt, paragraph 3, sentence 17"; people count from 1.
std::string place_of(const SourceSentence& sentence, const Summarized& summarized) {
  return concat(summarized.documents[sentence.document], ", paragraph ", sentence.paragraph + 1, ", sentence ",
                sentence.position + 1);
}

std::string with_sources(const Summarized& summarized, const char* mark) {
  std::string text;
  for (const SummarySentence& sentence : summarized.summary) {
    text += concat(mark, sentence.text, "\n");
    for (const std::size_t index : sentence.sources) {
      const SourceSentence& source = summarized.source.sentences[index];
      text += concat("    ", place_of(source, summarized), source.text == sentence.text ? "" : ": " + source.text, "\n");
    }
    for (const std::string& name : sentence.unfounded) text += concat("    nowhere in the text: ", name, "\n");
  }
  return text;
}

Json json_of(const SummarySentence& sentence, const Summarized& summarized) {
  Json sources = Json::array();
  for (const std::size_t index : sentence.sources) {
    const SourceSentence& source = summarized.source.sentences[index];
    sources.push_back({{"document", summarized.documents[source.document]},
                       {"paragraph", source.paragraph + 1},
                       {"sentence", source.position + 1},
                       {"text", source.text}});
  }
  Json json = {
      {"text", sentence.text}, {"words", sentence.words}, {"sources", std::move(sources)}, {"unfounded", sentence.unfounded}};
  if (!sentence.original.empty()) json["original"] = sentence.original;
  return json;
}

std::string rendered_json(const Summarized& summarized) {
  Json sentences = Json::array();
  for (const SummarySentence& sentence : summarized.summary) sentences.push_back(json_of(sentence, summarized));
  const Json json = {{"name", summarized.name},
                     {"summary", joined(summarized.summary)},
                     {"words", words_of(summarized.summary)},
                     {"method", summarized.method},
                     {"language", summarized.to.empty() ? summarized.language : summarized.to},
                     {"source_language", summarized.language},
                     {"sentences", std::move(sentences)},
                     {"read", to_json(summarized.read)},
                     {"notes", summarized.notes}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";  // file names may be no UTF-8
}

}  // namespace

std::string joined(const Summary& summary) {
  std::string text;
  for (const SummarySentence& sentence : summary) text += sentence.text + "\n";
  return documents::single_spaced(text);
}

std::string rendered(const Summarized& summarized, const SummarizeOptions& options) {
  if (options.json) return rendered_json(summarized);
  const char* mark = options.length.style == "bullets" ? "- " : "";
  if (options.sources) return with_sources(summarized, mark);
  if (options.length.style != "bullets") return joined(summarized.summary) + "\n";
  std::string text;
  for (const SummarySentence& sentence : summarized.summary) text += concat(mark, sentence.text, "\n");
  return text;
}

}  // namespace mynah::inference
