// Beam search as Hugging Face (early_stopping = true) and CTranslate2 (patience 1) do it; a beam of one is greedy search.
#pragma once
#include "search/sentence_search.h"

namespace mynah::search {

/// The best 2·beam candidates over all paths go on: `</s>` ends a path when it ranks among the first `beam`, and is dropped
/// otherwise; the best `beam` of the rest stay open. Over when `beam` hypotheses have finished.
class BeamSearch final : public SentenceSearch {
 public:
  using SentenceSearch::SentenceSearch;

 private:
  void choose(std::span<const Path> paths, std::span<const Candidate> candidates) override;
  bool settled() const override;
};

}  // namespace mynah::search
