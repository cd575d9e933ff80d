// How much of known answers a model gives: reads pairs of lines from standard input, source and target around a tab, shows the
// model each target as far as it goes, and prints for each pair how many of the target's pieces (its end counted) were the most
// likely ones, how many there are, and the mean steps of source and target positions (0 where depth is fixed).
#include <iostream>
#include <string>
#include <vector>

#include "model/model.h"
#include "nn/batch.h"
#include "nn/device.h"
#include "nn/sequence_model.h"

namespace {

using mynah::TokenId;
using mynah::nn::Tensor;

using Rows = std::vector<std::vector<TokenId>>;

/// Mean over the real positions of each row, [batch, length] → [batch]; zeros where there are no steps.
Tensor mean_steps(const Tensor& steps, const mynah::nn::Padded& rows) {
  if (!steps.defined()) return at::zeros(rows.lengths.sizes());
  return steps.sum(1).cpu() / rows.lengths;
}

void answer(mynah::nn::SequenceModel& network, const Rows& sources, const Rows& targets, TokenId pad, at::Device device) {
  const mynah::nn::Padded source = mynah::nn::pad_rows(sources, pad, device), target = mynah::nn::pad_rows(targets, pad, device);
  const auto memory = network.encode(source);
  const Tensor right = network.log_probabilities(*memory, target).argmax(-1).eq(target.ids);  // never true where padding stands
  const Tensor counts = right.sum(1).cpu();
  const mynah::nn::Inside inside = network.inside(*memory, target);
  const Tensor encoder_steps = mean_steps(inside.encoder_steps, source), decoder_steps = mean_steps(inside.decoder_steps, target);
  for (std::int64_t row = 0; row < counts.size(0); ++row) {
    std::cout << counts[row].item<std::int64_t>() << ' ' << target.lengths[row].item<std::int64_t>() << ' '
              << encoder_steps[row].item<double>() << ' ' << decoder_steps[row].item<double>() << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::cerr << "usage: symbol_accuracy MODEL [DEVICE] < PAIRS.tsv\n";
    return 2;
  }
  constexpr std::size_t kBatch = 4096;  // target pieces, padding counted
  const c10::InferenceMode inference;
  at::set_num_threads(1);
  const at::Device device = mynah::nn::device_named(argc > 2 ? argv[2] : "cpu");
  const mynah::model::Model model = mynah::model::open_model(argv[1]);
  const auto network = mynah::nn::build(model.shape, model.weights);
  network->to(device);
  const TokenId pad = model.tokenizers.vocabulary->pad(), end = model.tokenizers.vocabulary->end();
  Rows sources, targets;
  std::size_t longest = 0;
  const auto answer_all = [&] {
    if (!sources.empty()) answer(*network, sources, targets, pad, device);
    sources.clear();
    targets.clear();
    longest = 0;
  };
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    std::vector<TokenId> source = model.tokenizers.source->encode(line.substr(0, tab));
    std::vector<TokenId> target = model.tokenizers.target->encode(line.substr(tab + 1));
    source.push_back(end);
    target.push_back(end);
    longest = std::max(longest, target.size());
    if (longest * (sources.size() + 1) > kBatch) answer_all();
    longest = std::max(longest, target.size());
    sources.push_back(std::move(source));
    targets.push_back(std::move(target));
  }
  answer_all();
  return 0;
}
