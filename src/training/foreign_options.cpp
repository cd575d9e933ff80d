// Spellings of Marian, fairseq, OpenNMT and Hugging Face that have no equal here: each says what to write instead.
#include "training/training_options.h"

namespace mynah::training {
namespace {

struct Explanation {
  const char* spelling;
  const char* text;
};

constexpr Explanation kExplanations[] = {
    // Marian
    {"workspace", "memory is taken as it is needed; --mini-batch-words sets the size of a batch"},
    {"w", "memory is taken as it is needed; --mini-batch-words sets the size of a batch"},
    {"devices", "write --device cuda or --device cuda:1; one device is used"},
    {"num-devices", "write --device cuda; one device is used"},
    {"mini-batch-fit", "write --mini-batch-words N; when memory runs out, batches are split by themselves"},
    {"after-epochs", "write --after with e for epochs: --after 20e"},
    {"e", "write --after with e for epochs: --after 20e"},
    {"after-batches", "write --after with u for updates: --after 50Ku"},
    {"optimizer-params", "write --adam-beta1, --adam-beta2 and --adam-epsilon"},
    {"lr-decay-inv-sqrt", "write --lr-schedule inverse-square-root, which begins at the end of --lr-warmup"},
    {"lr-report", "the learning rate is always shown"},
    {"cost-type", "the loss is always the mean over target tokens (ce-mean-words)"},
    {"tied-embeddings", "source, target and output share one table, always"},
    {"tied-embeddings-all", "source, target and output share one table, always"},
    {"transformer-preprocess", "write --pre-norm for \"n\" before a sub-layer; without it the network is post-norm"},
    {"transformer-postprocess", "post-norm (\"dan\") is the default; write --pre-norm for the other order"},
    {"transformer-postprocess-emb", "dropout on embeddings is always on, at the rate of --transformer-dropout"},
    {"no-shuffle", "every epoch is shuffled anew by --seed, always"},
    {"max-length-crop", "pairs over --max-length are left out and counted, not cut"},
    {"keep-best", "the best model of each metric is kept, always"},
    {"overwrite", "older checkpoints are removed, always; --average-checkpoints keeps as many as it needs"},
    {"no-restore-corpus", "training always goes on at the very next batch"},
    {"shuffle-in-ram", "the corpus is shuffled through a memory-mapped cache, always"},
    {"sqlite", "the corpus is shuffled through a memory-mapped cache, always"},
    {"tempdir", "the prepared corpus lies in the checkpoint folder of --model"},
    {"sync-sgd", "updates are synchronous, always"},
    {"fp16", "write --precision bfloat16"},
    {"valid-mini-batch", "the validation text is scored in batches of --mini-batch-words"},
    {"beam-size", "write --valid-beam for the beam of validation; translate has its own --beam-size"},
    {"valid-translation-output", "write translate --model DIR --input FILE --output FILE after training"},
    {"log", "redirect standard error into a file: train … 2> train.log"},
    // fairseq
    {"max-update", "write --after with u for updates: --after 50Ku"},
    {"max-epoch", "write --after with e for epochs: --after 20e"},
    {"arch", "write --task tiny, small, base or big"},
    {"criterion", "the loss is label-smoothed cross-entropy; --label-smoothing sets the share"},
    {"adam-betas", "write --adam-beta1 and --adam-beta2"},
    {"share-all-embeddings", "source, target and output share one table, always"},
    {"share-decoder-input-output-embed", "source, target and output share one table, always"},
    {"bf16", "write --precision bfloat16"},
    {"eval-bleu", "write --valid-metrics bleu"},
    {"keep-last-epochs", "older checkpoints are removed; --average-checkpoints keeps as many as it needs"},
    {"save-interval", "write --save-freq with e for epochs: --save-freq 1e"},
    {"restore-file", "training goes on by itself from the checkpoint in --model; --from begins with another model's weights"},
    {"num-workers", "reading ahead needs one thread and takes it"},
    // OpenNMT, JoeyNMT
    {"train-steps", "write --after with u for updates: --after 50Ku"},
    {"rnn-type", "write --enc-cell and --dec-cell"},
    {"layers", "write --enc-depth and --dec-depth"},
    {"num-layers", "write --enc-depth and --dec-depth"},
    {"vocab-size", "write --vocabulary for the pieces of the vocabulary that is trained here"},
    {"src-vocab", "write --vocabs with one SentencePiece model for both sides, or two"},
    {"tgt-vocab", "write --vocabs with one SentencePiece model for both sides, or two"},
    {"batch-size", "write --mini-batch-words for pieces or --mini-batch for pairs"},
    {"batch-type", "write --mini-batch-words for pieces or --mini-batch for pairs"},
    {"gpu-ranks", "write --device cuda:0"},
    {"world-size", "write --threads for the cores of this machine"},
    {"epochs", "write --after with e for epochs: --after 20e"},
    // Hugging Face
    {"per-device-train-batch-size",
     "write --mini-batch-words for pieces (batches hold pairs of similar length), or --mini-batch for pairs"},
    {"num-train-epochs", "write --after with e for epochs: --after 20e"},
    {"max-steps", "write --after with u for updates: --after 50Ku"},
    {"train-file", "write --train-sets FILE with --fields for the two keys"},
    {"validation-file", "write --valid-sets FILE"},
    {"do-train", "train always trains"},
    {"evaluation-strategy", "write --valid-freq with u for updates, e for epochs or min for minutes"},
    {"predict-with-generate", "write --valid-metrics bleu chrf"},
    {"overwrite-output-dir", "remove the directory, or give another --model"},
    {"resume-from-checkpoint", "training goes on by itself from the checkpoint in --model"},
};

}  // namespace

void explain_foreign_options(OptionList& list) {
  for (const Explanation& explanation : kExplanations) list.foreign(explanation.spelling, explanation.text);
}

}  // namespace mynah::training
