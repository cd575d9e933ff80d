// Documents drawn at random for property tests: words of a few topics, sentences of any length, paragraphs, repetitions.
#pragma once
#include <string>
#include <vector>

#include "base/random.h"
#include "documents/document.h"

namespace mynah::documents {

inline std::string made_sentence(Random& random) {
  static const std::vector<std::string> words{"ice",   "sea",          "warm",      "the",   "of",   "and",  "ship",
                                              "whale", "2021",         "north",     "melts", "bank", "rate", "interest",
                                              "a",     "\u6F22\u5B57", "caf\u00E9", "U.S.",  "3.5",  "--"};
  const std::size_t topic = random.below(words.size());
  std::string sentence = "S" + std::to_string(random.below(1000));
  for (std::size_t count = random.below(4) == 0 ? random.below(60) : random.below(12); count > 0; --count) {
    sentence += " " + words[(topic + random.below(6)) % words.size()];
  }
  return sentence + (random.below(10) == 0 ? "" : random.below(5) == 0 ? "!" : ".");
}

inline Document made_document(Random& random) {
  Document document;
  document.name = "made";
  std::vector<std::string> said;
  for (std::size_t paragraphs = random.below(8); paragraphs > 0; --paragraphs) {
    Paragraph paragraph;
    for (std::size_t sentences = 1 + random.below(7); sentences > 0; --sentences) {
      said.push_back(!said.empty() && random.below(6) == 0 ? said[random.below(said.size())] : made_sentence(random));
      paragraph.text += (paragraph.text.empty() ? "" : " ") + said.back();
    }
    const std::size_t kind = random.below(8);
    paragraph.kind = kind == 0 ? ParagraphKind::heading : kind == 1 ? ParagraphKind::code : ParagraphKind::prose;
    document.paragraphs.push_back(std::move(paragraph));
  }
  return document;
}

inline std::vector<Document> made_documents(Random& random, std::size_t count) {
  std::vector<Document> documents;
  for (std::size_t i = 0; i < count; ++i) documents.push_back(made_document(random));
  return documents;
}

}  // namespace mynah::documents
