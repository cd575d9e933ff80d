#include "inference/summarization.h"

#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/interrupt.h"
#include "documents/pile.h"
#include "inference/learned_summarizer.h"
#include "inference/summary_length.h"
#include "inference/unfounded.h"
#include "text/language.h"

namespace mynah::inference {
namespace {

using documents::Document;
using documents::Format;

std::optional<Format> format_of(const std::string& name) {
  if (name.empty()) return std::nullopt;
  return name == "text" ? Format::text : name == "markdown" ? Format::markdown : Format::html;
}

/// Enough of every document to tell the language by.
std::string sample_of(const std::vector<Document>& documents) {
  constexpr std::size_t kParagraphs = 50;
  std::string sample;
  for (const Document& document : documents) {
    for (std::size_t i = 0; i < document.paragraphs.size() && i < kParagraphs; ++i) sample += document.paragraphs[i].text + "\n";
  }
  return sample;
}

void note_repairs(const std::vector<Document>& documents, std::vector<std::string>& notes) {
  for (const Document& document : documents) {
    if (document.repairs.any()) notes.push_back(concat(document.name, ": repaired: ", describe(document.repairs)));
  }
}

void note_unfounded(const std::vector<Document>& documents, Summarized& summarized) {
  Grounds grounds;
  for (const Document& document : documents) {
    grounds.add(document.title);
    for (const documents::Paragraph& paragraph : document.paragraphs) grounds.add(paragraph.text);
  }
  for (SummarySentence& sentence : summarized.summary) {
    sentence.unfounded = grounds.unfounded(sentence.text, summarized.language);
  }
}

std::string title_of(const std::vector<Document>& documents, const SummarizeOptions& options) {
  return options.title.empty() && documents.size() == 1 ? documents.front().title : options.title;
}

/// Moves into `summarized` what is read of a pile; of a single document, everything is.
void read(documents::SourceText source, bool together, const SummarizeOptions& options, Summarized& summarized) {
  summarized.read.sentences = source.sentences.size();
  const auto most_words = together ? static_cast<std::size_t>(options.read_words) : documents::Limits::kNone;
  documents::Pile pile = documents::select_paragraphs(std::move(source), most_words);
  summarized.read.words = pile.words;
  summarized.read.paragraphs = pile.paragraphs;
  summarized.read.paragraphs_read = pile.paragraphs_read;
  summarized.read.sentences_read = pile.source.sentences.size();
  summarized.read.words_read = pile.source.words;
  summarized.source = std::move(pile.source);
}

/// Long documents take seconds to cut and to rank.
void stop_if_interrupted() {
  if (interrupted()) throw Interrupted("interrupted while a text was being summarized");
}

}  // namespace

Summarized summarize(std::vector<Document> documents, const Summarizer& summarizer, const SummarizeOptions& options) {
  ensure(!documents.empty(), "there is something to summarize");
  Summarized summarized;
  summarized.name = options.together ? options.title : documents.front().name;
  summarized.language = options.language.empty() ? likely_language(sample_of(documents)) : options.language;
  summarized.read.documents = documents.size();
  for (const Document& document : documents) summarized.documents.push_back(document.name);
  read(documents::source_text(documents, summarized.language, title_of(documents, options)), options.together, options,
       summarized);
  stop_if_interrupted();
  if (summarized.source.words == 0) {
    throw Error(concat("there is no text to summarize in ", documents.front().name,
                       documents.size() > 1 ? " and what was given with it" : ""));
  }
  note_repairs(documents, summarized.notes);
  const documents::Limits limits = limits_of(options.length, summarized.source);
  Draft draft = summarizer.summarize(summarized.source, limits);
  stop_if_interrupted();
  summarized.summary = std::move(draft.summary);
  summarized.method = std::move(draft.method);
  summarized.read.sentences_read = draft.sentences_read;
  summarized.notes.insert(summarized.notes.end(), draft.notes.begin(), draft.notes.end());
  if (summarized.summary.empty())
    throw Error(concat(documents.front().name, ": ", no_sentence_fits(options.length, summarized.source, limits)));
  summarized.read.summaries = 1;
  summarized.read.summary_sentences = summarized.summary.size();
  summarized.read.summary_words = words_of(summarized.summary);
  const bool written = summarized.method == kWritten;
  summarized.read.written = written ? documents.size() : 0;
  if (written) note_unfounded(documents, summarized);
  for (std::string& note : unmet_wishes(options.length, summarized.source, limits, summarized.summary, written)) {
    summarized.notes.push_back(std::move(note));
  }
  return summarized;
}

std::vector<Finding> findings_of(const Summarized& summarized) {
  std::vector<Finding> findings;
  for (const std::string& note : summarized.notes) findings.push_back({Finding::Kind::unmet, note});
  for (const SummarySentence& sentence : summarized.summary) {
    std::string names;
    for (const std::string& name : sentence.unfounded) names += (names.empty() ? "" : ", ") + name;
    if (!names.empty()) findings.push_back({Finding::Kind::suspect, "nowhere in the text, but in its summary: " + names});
  }
  return findings;
}

Document open_document(const std::string& path, const SummarizeOptions& options) {
  if (std::filesystem::is_directory(path)) {
    throw Error(concat("cannot read ", path, " as a document: it is a folder; give its files, as in ", path, "/*"));
  }
  return documents::read_document(path, format_of(options.format));
}

}  // namespace mynah::inference
