// How text is generated: search, sentence handling, batching.
#pragma once
#include <memory>
#include <string>

#include "base/option_list.h"
#include "model/shortlist.h"
#include "search/search_options.h"

namespace mynah::inference {

struct GenerationOptions {
  search::SearchOptions search = {};
  bool split_sentences = true;  // off: every line is one sentence, split only when over the limit
  int max_source_length = 256;  // ids of one sentence, `</s>` included; longer ones are split at a clause, else a word
  int mini_batch = 0;           // sentences decoded together; 0: as many as suit the network
  int maxi_batch = 20;          // batches' worth of sentences read ahead and ordered by length
  std::string prefix = {};      // forced beginning of every line's target
  bool alignment = false;
  int threads = 0;                                         // workers; 0: one per core
  std::shared_ptr<const model::Shortlist> shortlist = {};  // what targets are made of; null: the whole vocabulary
  bool guard = false;                                      // doubtful sentences are decoded again and reported
};

/// The rows of the option list: --beam-size, --normalize, --max-length …
void list_options(GenerationOptions& options, OptionList& list);

/// Throws UsageError naming the option when a value is out of range or two contradict each other.
void validate(const GenerationOptions& options);

}  // namespace mynah::inference
