// Decodes sentences of ids with one model, again each time a line arrives on standard input, and prints what it took.
// Kept alive beside another toolkit's process by compare.py, which runs the two in turn.
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <sstream>

#include "base/files.h"
#include "base/stopwatch.h"
#include "engine/open_network.h"
#include "model/model.h"
#include "search/decoder.h"

namespace {

using mynah::TokenId;

std::vector<std::vector<TokenId>> read_ids(const std::string& path) {
  std::vector<std::vector<TokenId>> sentences;
  mynah::LineReader lines(path);
  for (std::string line; lines.next(line);) {
    std::istringstream numbers(line);
    sentences.emplace_back(std::istream_iterator<TokenId>(numbers), std::istream_iterator<TokenId>());
  }
  return sentences;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 8 || argc > 9) {
    std::cerr << "usage: decode_speed MODEL IDS.txt BATCH BEAM TARGET_LENGTH ENGINE PRECISION [DEVICE]\n";
    return 2;
  }
  const mynah::model::Model model = mynah::model::open_model(argv[1]);
  const auto sentences = read_ids(argv[2]);
  const int batch = std::atoi(argv[3]);
  mynah::search::SearchOptions options;
  options.beam = std::atoi(argv[4]);
  options.max_length = std::atoi(argv[5]) + 1;  // </s> counted
  options.min_length = options.max_length - 1;
  options.max_length_factor = options.max_length;

  const std::string device = argc > 8 ? argv[8] : "cpu";
  const auto network = mynah::engine::open_network(model, {.device = device, .engine = argv[6], .precision = argv[7]});
  const auto& vocabulary = *model.tokenizers.vocabulary;
  const mynah::search::SpecialIds ids{vocabulary.end(), vocabulary.pad(), vocabulary.unknown()};
  const int longest = static_cast<int>(std::ranges::max(sentences, {}, &std::vector<TokenId>::size).size());
  const auto rows = network->step_model({batch * options.beam, longest, options.max_length});
  for (std::string line; std::getline(std::cin, line);) {
    const mynah::Stopwatch stopwatch;
    const double cpu_before = cpu_seconds();
    std::size_t given = 0, tokens = 0;
    const auto next = [&]() -> std::optional<mynah::search::Request> {
      if (given == sentences.size()) return std::nullopt;
      mynah::search::Request request{given, sentences[given], {}, {}};
      ++given;
      return request;
    };
    mynah::search::decode(*rows, options, ids, next,
                          [&](const mynah::search::Result& result) { tokens += result.hypotheses.front().tokens.size(); });
    std::cout << tokens << ' ' << cpu_seconds() - cpu_before << ' ' << stopwatch.elapsed_seconds() << std::endl;
  }
}
