// Summaries of the source's own sentences: no model is needed.
#pragma once
#include "inference/summarizer.h"

namespace mynah::inference {

class ExtractiveSummarizer : public Summarizer {
 public:
  /// `lead` takes the first sentences of each document instead of ranking them: what other summaries are measured against.
  explicit ExtractiveSummarizer(bool lead) : lead_(lead) {}

  Draft summarize(const documents::SourceText& source, const documents::Limits& limits) const override;
  std::string_view name() const override { return lead_ ? "lead" : "extractive"; }

 private:
  bool lead_;
};

}  // namespace mynah::inference
