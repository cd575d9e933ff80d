// How far information travels: the gradient of an output with respect to an input n positions away. The output is the difference
// between the two best log-probabilities at a place, where what the tied output table adds by itself is gone; the input is the
// embedding of a token. Lines of a parallel text come from standard input, source and target around a tab; they are put one
// behind the other, leaving out every token that was there before, until both sides are long: so each row of the table's gradient
// belongs to one place. Printed for each side and distance: the mean length of the gradient, and how many were counted.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <torch/csrc/autograd/autograd.h>

#include "model/model.h"
#include "nn/sequence_model.h"

namespace {

using mynah::TokenId;
using mynah::nn::Tensor;

struct Mean {
  double sum = 0;
  std::int64_t count = 0;
};

/// Distance in positions → length of the gradient.
using Reach = std::map<std::int64_t, Mean>;

/// Adds the gradients of the output at `place` with respect to the tokens of one side, up to position `end`.
void add(Reach& reach, const Tensor& lengths, const std::vector<TokenId>& tokens, std::int64_t place, std::int64_t end,
         const std::vector<TokenId>& left_out) {
  for (std::int64_t position = 0; position < end; ++position) {
    const TokenId token = tokens[static_cast<std::size_t>(position)];
    if (std::ranges::find(left_out, token) != left_out.end()) continue;
    Mean& mean = reach[place - position];
    mean.sum += lengths[token].item<double>();
    ++mean.count;
  }
}

struct Pair {
  std::vector<TokenId> source, target;
  std::set<TokenId> present{};

  void add(std::vector<TokenId>& side, const std::vector<TokenId>& tokens, std::size_t most) {
    for (const TokenId token : tokens) {
      if (side.size() < most && present.insert(token).second) side.push_back(token);
    }
  }
};

void look(mynah::nn::SequenceModel& network, const Pair& pair, TokenId pad, Reach& from_source, Reach& from_target) {
  const std::vector<std::vector<TokenId>> sources = {pair.source}, targets = {pair.target};
  const auto memory = network.encode(mynah::nn::pad_rows(sources, pad, at::kCPU));
  const Tensor all = network.log_probabilities(*memory, mynah::nn::pad_rows(targets, pad, at::kCPU))[0];  // [length, vocabulary]
  const Tensor table = network.named_parameters()["embedding.weight"];
  const auto length = static_cast<std::int64_t>(pair.target.size());
  constexpr int kPlaces = 8;  // of each text, the rearmost: they have the most before them
  for (std::int64_t place = std::max<std::int64_t>(1, length - kPlaces); place < length; ++place) {
    const Tensor best = std::get<1>(all[place].detach().topk(2));
    const Tensor output = all[place][best[0].item<std::int64_t>()] - all[place][best[1].item<std::int64_t>()];
    const Tensor gradient = torch::autograd::grad({output}, {table}, {}, true)[0].norm(2, 1);  // [vocabulary]
    const std::vector<TokenId> outputs = {static_cast<TokenId>(best[0].item<std::int64_t>()),
                                          static_cast<TokenId>(best[1].item<std::int64_t>())};
    add(from_source, gradient, pair.source, place, static_cast<std::int64_t>(pair.source.size()), outputs);
    add(from_target, gradient, pair.target, place, place, outputs);
  }
}

void print(const char* side, const Reach& reach) {
  for (const auto& [distance, mean] : reach) {
    std::cout << side << ' ' << distance << ' ' << mean.sum / static_cast<double>(mean.count) << ' ' << mean.count << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: information_reach MODEL TOKENS < TEXT.tsv\n";
    return 2;
  }
  at::set_num_threads(1);
  const mynah::model::Model model = mynah::model::open_model(argv[1]);
  const auto network = mynah::nn::build(model.shape, model.weights);
  Reach from_source, from_target;
  const std::size_t most = static_cast<std::size_t>(std::atoi(argv[2]));
  Pair pair;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    pair.add(pair.source, model.tokenizers.source->encode(line.substr(0, tab)), most);
    pair.add(pair.target, model.tokenizers.target->encode(line.substr(tab + 1)), most);
    if (pair.source.size() < most || pair.target.size() < most) continue;
    look(*network, pair, model.shape.vocabulary - 1, from_source, from_target);
    pair = {};
  }
  print("source", from_source);
  print("target", from_target);
  return 0;
}
