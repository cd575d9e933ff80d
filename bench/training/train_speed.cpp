// Trains on batches of ids read from a file, a few updates each time a line with their number arrives on standard input, and
// prints what they took. Kept alive beside other trainers by compare.py, which runs them in turn.
#include <ATen/ATen.h>
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/allocator.h"
#include "base/files.h"
#include "base/stopwatch.h"
#include "training/optimizer.h"
#include "training/replicas.h"

namespace {

using mynah::TokenId;
using mynah::corpus::Batch;

std::vector<TokenId> read_ids(const std::string& text) {
  std::istringstream numbers(text);
  return {std::istream_iterator<TokenId>(numbers), std::istream_iterator<TokenId>()};
}

/// One pair a line, source and target ids around a tab; an empty line ends a batch.
std::vector<Batch> read_batches(const std::string& path) {
  std::vector<Batch> batches(1);
  mynah::LineReader lines(path);
  for (std::string line; lines.next(line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) {
      batches.emplace_back();
      continue;
    }
    batches.back().source.push_back(read_ids(line.substr(0, tab)));
    batches.back().target.push_back(read_ids(line.substr(tab + 1)));
  }
  if (batches.back().target.empty()) batches.pop_back();
  return batches;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

using Settings = std::map<std::string, double>;

/// The shared defaults of compare.py and its workers; key=value arguments replace them.
Settings read_settings(int argc, char** argv) {
  Settings settings{{"layers", 4},        {"d_model", 128}, {"d_feed_forward", 256}, {"heads", 4},
                    {"vocabulary", 8000}, {"dropout", 0.1}, {"smoothing", 0.1},      {"learn_rate", 0.0005},
                    {"clip", 1},          {"threads", 1},   {"bfloat16", 0},         {"tuned_memory", 1}};
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::size_t equals = argument.find('=');
    settings.at(argument.substr(0, equals)) = std::atof(argument.substr(equals + 1).c_str());
  }
  return settings;
}

mynah::training::Replicas make_replicas(const Settings& settings) {
  const auto number = [&](const char* name) { return static_cast<int>(settings.at(name)); };
  mynah::model::Shape shape;
  shape.vocabulary = number("vocabulary");
  shape.d_model = number("d_model");
  shape.d_feed_forward = number("d_feed_forward");
  shape.heads = number("heads");
  shape.encoder_layers = shape.decoder_layers = number("layers");
  const double rate = settings.at("dropout");
  std::vector<std::shared_ptr<mynah::nn::SequenceModel>> networks;
  for (int replica = 0; replica < number("threads"); ++replica) {
    networks.push_back(mynah::nn::build(shape, mynah::nn::Dropout{rate, rate, rate}, 1));
    networks.back()->train();
  }
  mynah::training::ReplicaOptions options;
  options.loss.label_smoothing = settings.at("smoothing");
  options.pad = shape.vocabulary - 1;
  options.bfloat16 = number("bfloat16") != 0;
  return {std::move(networks), options, mynah::Log{}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: train_speed BATCHES [name=number]...\n";
    return 2;
  }
  const Settings settings = read_settings(argc, argv);
  if (settings.at("tuned_memory") != 0) mynah::tune_allocator();
  at::set_num_threads(1);
  const std::vector<Batch> batches = read_batches(argv[1]);
  auto replicas = make_replicas(settings);
  mynah::training::Optimizer optimizer(replicas.parameters(), {.clip_norm = settings.at("clip")});
  std::int64_t update = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const mynah::Stopwatch stopwatch;
    const double cpu_before = cpu_seconds();
    std::int64_t tokens = 0;
    double loss = 0;
    for (int i = std::atoi(line.c_str()); i > 0; --i, ++update) {
      const Batch& batch = batches[static_cast<std::size_t>(update) % batches.size()];
      loss += replicas.learn({batch}, update).minimised.item<double>();
      optimizer.step(replicas.team(), replicas.gradients(), settings.at("learn_rate"));
      tokens += batch.target_tokens();
    }
    std::cout << tokens << ' ' << cpu_seconds() - cpu_before << ' ' << stopwatch.elapsed_seconds() << ' '
              << loss / static_cast<double>(tokens) << std::endl;
  }
  return 0;
}
