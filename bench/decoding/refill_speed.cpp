// What it brings that finished rows are refilled: sentences of a text decoded so, and in static batches: a finished
// sentence leaves its batch, and nothing takes its place until the last one has left. In turn, each as often as told.
//   refill_speed MODEL TEXT BATCH BEAM [ROUNDS]
// Printed: sentences per CPU second, in the text's order and longest first.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <span>

#include "base/files.h"
#include "engine/open_network.h"
#include "model/model.h"
#include "search/decoder.h"

namespace {

using namespace mynah;
using Sentences = std::vector<std::vector<TokenId>>;

Sentences read_sentences(const std::string& path, const Tokenizer& tokenizer, TokenId end) {
  Sentences sentences;
  LineReader lines(path);
  for (std::string line; lines.next(line);) {
    sentences.push_back(tokenizer.encode(line));
    sentences.back().push_back(end);
  }
  return sentences;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

struct Decoding {
  search::StepModel& rows;
  search::SearchOptions options;
  search::SpecialIds ids;

  void run(std::span<const std::vector<TokenId>> sentences) const {
    std::size_t given = 0;
    const auto next = [&]() -> std::optional<search::Request> {
      if (given == sentences.size()) return std::nullopt;
      search::Request request{given, sentences[given], {}, {}};
      ++given;
      return request;
    };
    search::decode(rows, options, ids, next, [](const search::Result&) {});
  }
};

/// Of all sentences, `together` at a time.
double speed(const Decoding& decoding, const Sentences& sentences, std::size_t together) {
  const double before = cpu_seconds();
  for (std::span<const std::vector<TokenId>> left = sentences; !left.empty();
       left = left.subspan(std::min(together, left.size()))) {
    decoding.run(left.first(std::min(together, left.size())));
  }
  return static_cast<double>(sentences.size()) / (cpu_seconds() - before);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void compare(const Decoding& decoding, const Sentences& sentences, std::size_t batch, int rounds, const char* order) {
  std::vector<double> refilled, fixed, ratios;
  for (int round = 0; round < rounds; ++round) {
    refilled.push_back(speed(decoding, sentences, sentences.size()));
    fixed.push_back(speed(decoding, sentences, batch));
    ratios.push_back(refilled.back() / fixed.back());
  }
  std::printf("%-18s refilled %7.1f, static batches %7.1f sentences per CPU second, ratio %.2f\n", order, median(refilled),
              median(fixed), median(ratios));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5 || argc > 6) {
    std::fputs("usage: refill_speed MODEL TEXT BATCH BEAM [ROUNDS]\n", stderr);
    return 2;
  }
  const model::Model model = model::open_model(argv[1]);
  const auto& vocabulary = *model.tokenizers.vocabulary;
  Sentences sentences = read_sentences(argv[2], *model.tokenizers.source, vocabulary.end());
  const int batch = std::atoi(argv[3]), rounds = argc > 5 ? std::atoi(argv[5]) : 3;
  search::SearchOptions options;
  options.beam = std::atoi(argv[4]);
  const auto network = engine::open_network(model, {});
  const int longest = static_cast<int>(std::ranges::max(sentences, {}, &std::vector<TokenId>::size).size());
  const auto rows = network->step_model({batch * options.beam, longest, options.max_length});
  const Decoding decoding{*rows, options, {vocabulary.end(), vocabulary.pad(), vocabulary.unknown()}};
  compare(decoding, sentences, static_cast<std::size_t>(batch), rounds, "in the text's order");
  std::ranges::stable_sort(sentences, std::greater<>(), &std::vector<TokenId>::size);
  compare(decoding, sentences, static_cast<std::size_t>(batch), rounds, "longest first");
}
