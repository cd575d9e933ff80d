// Everything `train` can be told.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/option_list.h"

namespace mynah::training {

/// Marian's names where it has the option. Spans (after, *_freq, lr_warmup) take units, see span.h.
struct TrainingOptions {
  // what is learnt from
  std::string model;                    // directory to write; going on needs only this
  std::vector<std::string> train_sets;  // two files, or one TSV / JSON-lines file; several corpora: paths in order
  std::vector<std::string> fields;      // columns or keys of TSV / JSON lines
  std::vector<double> weights;          // per corpus
  std::vector<std::string> styles;      // of summaries, per corpus or one for all; none: translations
  std::vector<std::string> valid_sets;
  std::string source_lang, target_lang;  // empty: from the names of the files
  std::vector<std::string> vocabs;       // given .spm files; none: trained here
  int vocabulary = 8000;
  std::string tokenizer_type = "unigram";
  bool separate_vocabularies = false;
  std::vector<double> sentencepiece_alphas;
  std::string from;  // fine-tune: directory whose weights and tokenizer are taken
  int max_length = 256;
  double max_length_ratio = 4;
  std::int64_t hold_out = 1000;
  // the network
  std::string type = "transformer";
  std::string task = "base";
  std::optional<int> dim_emb, enc_depth, dec_depth;
  std::optional<int> dim_ffn, heads;  // of a Transformer
  std::string activation = "relu";
  bool pre_norm = false;
  std::optional<int> dim_rnn;  // of a recurrent network
  std::string enc_cell = "lstm", dec_cell = "lstm", enc_type = "bidirectional", attention = "multiplicative";
  bool layer_normalization = false, skip = false;
  bool halting = false;  // of a universal transformer
  std::string transition = "feed-forward";
  double ponder_weight = 0.01;
  std::optional<int> dim_cnn, kernel_width;  // of a convolutional network
  double dropout = 0.1, dropout_attention = 0, dropout_ffn = 0;
  std::int64_t random_position_offset = 0;
  // how it is learnt
  double label_smoothing = 0.1;
  double learn_rate = 0.0003;
  std::string lr_warmup = "4000u";
  std::string lr_schedule = "inverse-square-root";
  std::string optimizer = "adam";
  double adam_beta1 = 0.9, adam_beta2 = 0.98, adam_epsilon = 1e-9;
  double weight_decay = 0;
  double clip_norm = 1;
  double exponential_smoothing = 0;
  int average_checkpoints = 0;
  std::int64_t mini_batch_words = 4096;
  int mini_batch = 0;
  int maxi_batch = 100;
  int optimizer_delay = 1;
  std::string after = "100e";
  std::string precision = "float32";
  std::string device = "cpu";
  int threads = 0;
  std::int64_t seed = 1;
  // how it is watched
  std::string valid_freq = "5000u", save_freq = "5000u", disp_freq = "100u";
  std::vector<std::string> valid_metrics = {"ce-mean-words", "bleu", "chrf"};
  int early_stopping = 10;
  std::string early_stopping_on = "first";
  int valid_beam = 1;
  std::string stored_precision = "float32";  // of the model's file
  bool plan_only = false;
  bool shortlist_only = false;
  bool verify_resume = false;
  bool quiet = false;
};

/// The styles of summaries, each once, in the order given.
std::vector<std::string> styles_of(const TrainingOptions& options);

void list_options(TrainingOptions& options, OptionList& list);

/// Other toolkits' spellings that have no equal here, each with what to write instead.
void explain_foreign_options(OptionList& list);

/// Throws UsageError when an option that `given` names would be ignored beside another one: sizes beside --from, those of a
/// vocabulary beside --vocabs, --hold-out beside --valid-sets. `options` holds what was given, nothing stored.
void check_together(const TrainingOptions& options, const std::function<bool(std::string_view)>& given);

/// Throws UsageError when an option that `given` names says nothing about networks of options.type.
void check_type(const TrainingOptions& options, const std::function<bool(std::string_view)>& given);

/// Throws UsageError naming the option.
void validate(const TrainingOptions& options);

}  // namespace mynah::training
