#include "training/training_options.h"

#include <algorithm>

#include "model/shape.h"

namespace mynah::training {
namespace {

void list_data(TrainingOptions& options, OptionList& list) {
  list.group("What is learnt from");
  list.add("model", options.model, "Directory of the model to write; with only this, training goes on from its checkpoint")
      .value("DIR")
      .alias("m")
      .alias("save-dir")
      .alias("output-dir");
  list.add("train-sets", options.train_sets,
           "Two line-aligned files (source, target), or one TSV or JSON-lines file; several corpora one after the other; plain, "
           "gzip, "
           "xz or zstd; - is standard input (TSV)")
      .value("FILE")
      .alias("t");
  list.add("fields", options.fields, "Columns (1 2) or keys (en de, translation.en) of source and target in TSV or JSON lines")
      .value("NAME");
  list.add("weights", options.weights, "How often each corpus is seen, relative to the others; one number per corpus").value("W");
  list.add("styles", options.styles,
           "Learn summaries: what kind the targets of each corpus are (headline, sentence, paragraph), or one for all; sources "
           "begin with it as >>headline<<, and documents over --max-length are reduced to their best sentences; JSON lines have "
           "the keys document and summary")
      .value("STYLE");
  list.add("valid-sets", options.valid_sets, "Validation text, given as --train-sets; without it a seeded sample is held out")
      .value("FILE");
  list.add("hold-out", options.hold_out, "How many pairs are held out for validation when there are no --valid-sets").value("N");
  list.add("source-lang", options.source_lang, "Language of the source (en, de, zh); by default from the file's name")
      .value("LANG")
      .alias("s");
  list.add("target-lang", options.target_lang, "Language of the target").value("LANG");
  list.add("vocabs", options.vocabs, "SentencePiece models to use, one for both sides or two; without them they are trained here")
      .value("FILE.spm")
      .alias("v");
  list.add("vocabulary", options.vocabulary, "Pieces of the vocabulary that is trained here").value("N").alias("dim-vocabs");
  list.add("tokenizer-type", options.tokenizer_type, "How SentencePiece cuts words").one_of({"unigram", "bpe"});
  list.add("separate-vocabularies", options.separate_vocabularies,
           "Train one SentencePiece model per side, over a joint vocabulary");
  list.add("sentencepiece-alphas", options.sentencepiece_alphas,
           "Subword sampling while training, source and target (0.2 0); 0 is off")
      .value("A");
  list.add("from", options.from, "Fine-tune: begin with this model's weights, sizes and tokenizer")
      .value("DIR")
      .alias("pretrained-model")
      .alias("finetune-from-model")
      .alias("model-name-or-path");
  list.add("max-length", options.max_length, "Pairs with more pieces than this on a side are left out").value("N");
  list.add("max-length-ratio", options.max_length_ratio,
           "Pairs whose longer side has more than this times the pieces of the other "
           "are left out")
      .value("R");
}

void list_network(TrainingOptions& options, OptionList& list) {
  list.group("The network");
  list.add("type", options.type, "Architecture; Marian's s2s is rnn").one_of(model::known_types()).value("NAME");
  list.add("task", options.task, "Size by name: tiny, small, base, big").value("SIZE").alias("size");
  list.add("dim-emb", options.dim_emb, "Width of the model (d_model); by default as --task says")
      .value("N")
      .alias("d-model")
      .alias("encoder-embed-dim")
      .alias("hidden-size");
  list.add("enc-depth", options.enc_depth, "Encoder layers; by default as --task says").value("N").alias("encoder-layers");
  list.add("dec-depth", options.dec_depth, "Decoder layers; by default as --task says").value("N").alias("decoder-layers");
  list.add("transformer-dropout", options.dropout,
           "Dropout on embeddings and behind each sub-layer, or between the layers of other networks")
      .value("RATE")
      .alias("dropout");
  list.add("transformer-dropout-attention", options.dropout_attention, "Dropout on attention weights")
      .value("RATE")
      .alias("dropout-attention")
      .alias("attention-dropout");
}

/// What only networks of one type have.
void list_types(TrainingOptions& options, OptionList& list) {
  list.group("A Transformer (--type transformer, and universal)");
  list.add("transformer-dim-ffn", options.dim_ffn, "Width inside the feed-forward networks; by default as --task says")
      .value("N")
      .alias("dim-ffn")
      .alias("encoder-ffn-embed-dim")
      .alias("transformer-ff");
  list.add("transformer-heads", options.heads, "Attention heads; by default as --task says")
      .value("N")
      .alias("heads")
      .alias("encoder-attention-heads");
  list.add("transformer-ffn-activation", options.activation, "Between the two halves of the feed-forward networks")
      .one_of({"relu", "gelu", "silu", "swiglu"})
      .alias("activation")
      .alias("activation-fn");
  list.add("pre-norm", options.pre_norm, "Normalise before each sub-layer instead of behind it as in the paper")
      .alias("encoder-normalize-before");
  list.add("transformer-dropout-ffn", options.dropout_ffn, "Dropout behind the activation of the feed-forward networks")
      .value("RATE")
      .alias("dropout-ffn")
      .alias("activation-dropout")
      .alias("relu-dropout");
  list.add("random-position-offset", options.random_position_offset,
           "In training the positions of a pair begin at a random one of 0 to N, so that longer sentences than were seen can "
           "follow")
      .value("N");
  list.group("A Universal Transformer (--type universal), beside what a Transformer has");
  list.add("halting", options.halting,
           "Each position decides how often it is worked on (adaptive computation time); the depths are the most");
  list.add("transition", options.transition, "What follows attention").one_of({"feed-forward", "separable-convolution"});
  list.add("ponder-weight", options.ponder_weight, "What a step of a position costs with --halting").value("W");
  list.group("A recurrent network (--type rnn)");
  list.add("dim-rnn", options.dim_rnn,
           "Width of the states, of which each direction of the encoder has half; by default as --task says")
      .value("N")
      .alias("rnn-size");
  list.add("enc-cell", options.enc_cell, "Cells of the encoder").one_of({"lstm", "gru"});
  list.add("dec-cell", options.dec_cell, "Cells of the decoder").one_of({"lstm", "gru"});
  list.add("enc-type", options.enc_type, "Layers of the encoder that read backwards too: all, or the first")
      .one_of({"bidirectional", "bi-unidirectional"});
  list.add("attention", options.attention,
           "How the decoder looks at the source: multiplicative with input feeding (Luong et al. 2015), additive (Bahdanau et "
           "al. 2015), or none: it sees the mean of all that was read (as in Cho et al. 2014)")
      .one_of({"multiplicative", "additive", "none"});
  list.add("layer-normalization", options.layer_normalization, "Layer normalisation inside the cells");
  list.add("skip", options.skip, "Residual connections around all layers but the first of encoder and decoder");
  list.group("A convolutional network (--type cnn)");
  list.add("dim-cnn", options.dim_cnn, "Channels of the convolutions; by default as --task says").value("N");
  list.add("cnn-kernel-width", options.kernel_width, "Tokens that a convolution sees, an odd number; by default 3")
      .value("N")
      .alias("kernel-width");
}

void list_learning(TrainingOptions& options, OptionList& list) {
  list.group("How it is learnt");
  list.add("after", options.after,
           "End of training: 50Ku updates (a bare number is updates too), 2Gt target tokens, 20e epochs, 90min, 4h; several: "
           "20e,4h")
      .value("SPAN");
  list.add("mini-batch-words", options.mini_batch_words, "Size of a batch: pairs times the pieces of the longest side")
      .value("N")
      .alias("max-tokens");
  list.add("mini-batch", options.mini_batch, "Most pairs in a batch; 0: no limit").value("N");
  list.add("maxi-batch", options.maxi_batch, "How many batches are read ahead and sorted by length together").value("N");
  list.add("optimizer-delay", options.optimizer_delay, "Batches whose gradients are added up for one update")
      .value("N")
      .alias("update-freq")
      .alias("gradient-accumulation-steps")
      .alias("accum-count");
  list.add("learn-rate", options.learn_rate, "Highest learning rate").value("RATE").alias("l").alias("lr").alias("learning-rate");
  list.add("lr-warmup", options.lr_warmup, "The learning rate rises in a line over this span")
      .value("SPAN")
      .alias("warmup-updates")
      .alias("warmup-steps");
  list.add("lr-schedule", options.lr_schedule, "How the learning rate falls after that")
      .one_of({"inverse-square-root", "linear", "cosine", "constant"})
      .alias("lr-scheduler")
      .alias("lr-scheduler-type");
  list.add("label-smoothing", options.label_smoothing, "Share of probability spread over the whole vocabulary")
      .value("S")
      .alias("label-smoothing-factor");
  list.add("optimizer", options.optimizer,
           "adam, or muon: all but embeddings, biases and norms learn by Muon, in fewer updates that take a little longer; "
           "batches of 4096 words and more are worth it")
      .one_of({"adam", "muon"})
      .alias("optim");
  list.add("adam-beta1", options.adam_beta1, "Adam's memory of the gradient").value("B");
  list.add("adam-beta2", options.adam_beta2, "Adam's memory of the squared gradient").value("B");
  list.add("adam-epsilon", options.adam_epsilon, "Adam's guard against division by zero").value("E").alias("adam-eps");
  list.add("weight-decay", options.weight_decay, "Decoupled weight decay of matrices").value("D");
  list.add("clip-norm", options.clip_norm, "Largest norm of the gradient; 0: no limit").value("N").alias("max-grad-norm");
  list.add("exponential-smoothing", options.exponential_smoothing,
           "Validate and keep a moving average of the weights that follows them by this share each update (0.0001); 0: off")
      .value("S");
  list.add("average-checkpoints", options.average_checkpoints, "In the end try the mean of the last so many checkpoints")
      .value("N");
  list.add("precision", options.precision, "Arithmetic: float32, or bfloat16 where the hardware has it")
      .one_of({"float32", "bfloat16"});
  list.add("device", options.device, "Where to compute: cpu, cuda, cuda:1").value("DEVICE").alias("d");
  list.add("threads", options.threads, "Cores to compute on; 0: all").value("N").alias("cpu-threads");
  list.add("seed", options.seed, "Equal seeds give equal models").value("N");
}

void list_watching(TrainingOptions& options, OptionList& list) {
  list.group("How it is watched");
  list.add("disp-freq", options.disp_freq, "How often a line says how training goes")
      .value("SPAN")
      .alias("log-interval")
      .alias("logging-steps");
  list.add("valid-freq", options.valid_freq, "How often the validation text is scored; 0: only in the end")
      .value("SPAN")
      .alias("validate-interval-updates")
      .alias("eval-steps");
  list.add("save-freq", options.save_freq, "How often a checkpoint is written; 0: only in the end")
      .value("SPAN")
      .alias("save-interval-updates")
      .alias("save-steps");
  list.add("valid-metrics", options.valid_metrics,
           "Scores of the validation text: ce-mean-words, perplexity, bleu, chrf, chrf++, rouge1, rouge2, rougeL, rougeLsum; the "
           "first chooses the model that is kept")
      .value("METRIC");
  list.add("early-stopping", options.early_stopping, "Stop after so many validations in a row without a better score; 0: never")
      .value("N")
      .alias("patience");
  list.add("early-stopping-on", options.early_stopping_on, "Which of --valid-metrics have to stall")
      .one_of({"first", "all", "any"});
  list.add("valid-beam", options.valid_beam, "Beam of the translations that --valid-metrics look at").value("N");
  list.add("stored-precision", options.stored_precision, "Numbers in the model's file")
      .one_of({"float32", "float16", "bfloat16"});
  list.add("plan-only", options.plan_only, "Prepare the data, measure the speed, print the plan, and stop");
  list.add("shortlist-only", options.shortlist_only,
           "Train nothing, but make the lexical shortlist that translate --shortlist on goes by, of a model that has none, from "
           "--train-sets or from what it was trained on");
  list.add("verify-resume", options.verify_resume,
           "Train nothing, but try out, with these data and options and in a minute or two, that a run interrupted at random "
           "equals an "
           "uninterrupted one bit for bit; 1 if it does not");
  list.add("quiet", options.quiet, "Only warnings");
}

}  // namespace

std::vector<std::string> styles_of(const TrainingOptions& options) {
  std::vector<std::string> styles;
  for (const std::string& style : options.styles) {
    if (std::ranges::find(styles, style) == styles.end()) styles.push_back(style);
  }
  return styles;
}

void list_options(TrainingOptions& options, OptionList& list) {
  list_data(options, list);
  list_network(options, list);
  list_types(options, list);
  list_learning(options, list);
  list_watching(options, list);
  explain_foreign_options(list);
}

}  // namespace mynah::training
