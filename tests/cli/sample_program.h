// A made-up program for the tests of what is derived from option lists.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/option_list.h"
#include "cli/program.h"

namespace mynah::cli {

struct Sample {
  bool quiet = false;
  bool split_sentences = true;
  int beam_size = 4;
  double normalize = 1;
  std::string activation = "relu";
  std::string model, prefix;
  std::vector<std::string> train_sets, valid_metrics = {"bleu"};
  std::vector<double> weights;
  std::optional<int> max_length;

  OptionList list() {
    OptionList list;
    list.add("model", model, "Directory of the model").alias("m").value("DIR");
    list.add("train-sets", train_sets, "Source and target").alias("t").value("FILE");
    list.add("weights", weights, "One per corpus");
    list.group("Search");
    list.add("beam-size", beam_size, "Hypotheses followed at once; it's 1 for [greedy]")
        .alias("b")
        .alias("num-beams")
        .alias("beam");
    list.add("normalize", normalize, "Score = sum / length^ALPHA").alias("n").value("ALPHA");
    list.add("max-length", max_length, "Pieces at most | the end included");
    list.add("prefix", prefix, "Text that every target begins with");
    list.group("Rest");
    list.add("quiet", quiet, "Say less").alias("q");
    list.add("split-sentences", split_sentences, "Cut lines into sentences first").alias("v");
    list.add("activation", activation, "Inside the feed-forward network").one_of({"relu", "gelu"});
    list.add("valid-metrics", valid_metrics, "What is measured");
    list.foreign("max-tokens", "it is --mini-batch-words here");
    list.foreign("w", "memory is taken as it is needed");
    return list;
  }
};

inline Program sample_program() {
  Program program;
  program.name = "sample";
  program.summary = "turns one text into another — slowly";
  program.description = "The first paragraph.\n\n.The second begins with a dot\n'and goes on\\after a backslash.";
  program.examples = {{"sample -b 1 Hello", "Greedy search."}};
  program.positional = "TEXT…";
  program.build_info = [] { return std::string("processor of the test"); };
  return program;
}

}  // namespace mynah::cli
