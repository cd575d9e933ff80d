// What a token costs in training as sentences grow: of several models in turn, so that what else the machine does strikes all
// alike. Each line printed is a model, a length, and the median over rounds of microseconds a target token takes, forward and
// back.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/allocator.h"
#include "base/random.h"
#include "base/stopwatch.h"
#include "model/model.h"
#include "nn/batch.h"
#include "nn/device.h"
#include "nn/sequence_model.h"

namespace {

using mynah::TokenId;

struct Contestant {
  std::string name;
  std::shared_ptr<mynah::nn::SequenceModel> network;
  TokenId pad;
  std::vector<std::vector<double>> microseconds{};  // per length, per round
};

std::vector<std::vector<TokenId>> random_sentences(std::size_t count, std::size_t length, TokenId pad, mynah::Random& random) {
  std::vector<std::vector<TokenId>> rows(count, std::vector<TokenId>(length));
  for (auto& row : rows) {
    for (TokenId& token : row) token = static_cast<TokenId>(2 + random.below(static_cast<std::uint64_t>(pad - 2)));
    row.back() = 0;  // </s>
  }
  return rows;
}

/// Waits for what was put to a device.
double seconds_of(const mynah::Stopwatch& stopwatch, const mynah::nn::Tensor& result) {
  result.item<float>();
  return stopwatch.elapsed_seconds();
}

double learn(Contestant& contestant, std::size_t length, std::size_t batch_tokens, at::Device device) {
  mynah::Random random(length);
  const std::size_t rows = std::max<std::size_t>(1, batch_tokens / length);
  const auto source = mynah::nn::pad_rows(random_sentences(rows, length, contestant.pad, random), contestant.pad, device);
  const auto target = mynah::nn::pad_rows(random_sentences(rows, length, contestant.pad, random), contestant.pad, device);
  contestant.network->zero_grad();
  const mynah::Stopwatch stopwatch;
  const mynah::nn::Loss loss = contestant.network->loss(*contestant.network->encode(source), target, {});
  loss.total.backward();
  return 1e6 * seconds_of(stopwatch, contestant.network->parameters().front().grad().sum()) / static_cast<double>(loss.tokens);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: training_time DEVICE BATCH_TOKENS ROUNDS MODEL...\n";
    return 2;
  }
  mynah::tune_allocator();
  at::set_num_threads(1);
  const at::Device device = mynah::nn::device_named(argv[1]);
  const auto batch_tokens = static_cast<std::size_t>(std::atoi(argv[2]));
  const std::vector<std::size_t> lengths = {5, 10, 20, 40, 80, 160, 320};
  std::vector<Contestant> contestants;
  for (int i = 4; i < argc; ++i) {
    const mynah::model::Shape shape = mynah::model::open_model(argv[i]).shape;
    contestants.push_back({argv[i], mynah::nn::build(shape, mynah::nn::Dropout{}, 1), shape.vocabulary - 1});
    contestants.back().network->to(device);
    contestants.back().network->train();
    contestants.back().microseconds.resize(lengths.size());
  }
  for (int round = -1; round < std::atoi(argv[3]); ++round) {  // the first warms up
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      for (Contestant& contestant : contestants) {
        const double took = learn(contestant, lengths[i], batch_tokens, device);
        if (round >= 0) contestant.microseconds[i].push_back(took);
      }
    }
  }
  for (Contestant& contestant : contestants) {
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      std::vector<double>& rounds = contestant.microseconds[i];
      std::ranges::nth_element(rounds, rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2));
      std::cout << contestant.name << ' ' << lengths[i] << ' ' << rounds[rounds.size() / 2] << '\n';
    }
  }
  return 0;
}
