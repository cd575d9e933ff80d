#include "training/continuation.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.h"
#include "model/model.h"
#include "training/checkpoint.h"

namespace mynah::training {
namespace {

/// What the weights, the vocabulary, the prepared corpus and the order of its batches rest on.
constexpr std::string_view kFixed[] = {"train_sets",
                                       "fields",
                                       "weights",
                                       "styles",
                                       "valid_sets",
                                       "hold_out",
                                       "source_lang",
                                       "target_lang",
                                       "vocabs",
                                       "vocabulary",
                                       "tokenizer_type",
                                       "separate_vocabularies",
                                       "sentencepiece_alphas",
                                       "from",
                                       "max_length",
                                       "max_length_ratio",
                                       "type",
                                       "task",
                                       "dim_emb",
                                       "transformer_dim_ffn",
                                       "transformer_heads",
                                       "enc_depth",
                                       "dec_depth",
                                       "transformer_ffn_activation",
                                       "pre_norm",
                                       "dim_rnn",
                                       "enc_cell",
                                       "dec_cell",
                                       "enc_type",
                                       "attention",
                                       "layer_normalization",
                                       "skip",
                                       "halting",
                                       "transition",
                                       "dim_cnn",
                                       "cnn_kernel_width",
                                       "mini_batch_words",
                                       "mini_batch",
                                       "maxi_batch",
                                       "optimizer_delay",
                                       "optimizer",
                                       "seed"};

std::string as_flag(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

}  // namespace

std::optional<Json> stored_options(const std::filesystem::path& model) {
  const CheckpointFolder checkpoints(model / "checkpoint");
  if (!checkpoints.has_checkpoint()) return std::nullopt;
  return checkpoints.load_state().at("options");
}

void check_changes(const Json& stored, const TrainingOptions& options, const Log& log) {
  const Json now = effective_options(options);
  const Json defaults = effective_options({});  // what options were that the checkpoint's program did not have yet
  std::vector<std::string> changes;             // said only when none of them is refused
  for (const auto& [key, value] : now.items()) {
    const Json before = stored.contains(key) ? stored.at(key) : defaults.value(key, Json());
    if (before == value) continue;
    if (std::find(std::begin(kFixed), std::end(kFixed), key) != std::end(kFixed)) {
      throw UsageError(concat(as_flag(key), " ", value.dump(), " contradicts ", before.dump(), ", with which training of ",
                              options.model, " was begun; leave it out to go on, or give another --model to begin anew"));
    }
    changes.push_back(concat("From here on ", as_flag(key), " is ", value.dump(), "; it was ", before.dump()));
  }
  for (const std::string& change : changes) log.info(change);
}

void check_new(const std::filesystem::path& model) {
  if (!model::is_model(model)) return;
  throw Error(concat("cannot begin training in ", model.string(),
                     ": there is a model already, without a checkpoint to go on from; ", "give another --model, and --from ",
                     model.string(), " to fine-tune it"));
}

Json effective_options(const TrainingOptions& options) {
  TrainingOptions copy = options;
  OptionList list;
  list_options(copy, list);
  Json json = options_to_json(list);
  for (const char* of_this_time : {"model", "plan_only", "shortlist_only", "verify_resume", "quiet"}) json.erase(of_this_time);
  return json;
}

}  // namespace mynah::training
