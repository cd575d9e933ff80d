// A network beside a plain version of it, written from its paper.
#pragma once
#include "tiny_models.h"

namespace mynah::nn {

/// Log-probabilities and attention of a batch equal those of `Plain`, which takes its pairs one at a time.
template <class Plain>
void expect_plain(const model::Shape& shape, const std::vector<std::size_t>& source_lengths = {5, 1, 7},
                  const std::vector<std::size_t>& target_lengths = {4, 6, 1}) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  Plain plain(*network, shape);
  const auto sources = random_rows(source_lengths, 1), targets = random_rows(target_lengths, 2);
  const auto memory = network->encode(padded(sources));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const Tensor attention = network->inside(*memory, padded(targets)).attention;
  for (std::size_t pair = 0; pair < sources.size(); ++pair) {
    const auto row = static_cast<std::int64_t>(pair);
    const auto length = static_cast<std::int64_t>(targets[pair].size()), width = static_cast<std::int64_t>(sources[pair].size());
    const Tensor expected = plain.log_probabilities(sources[pair], targets[pair]);
    expect_close(all[row].narrow(0, 0, length), expected);
    expect_close(attention[row].narrow(0, 0, length).narrow(1, 0, width), plain.attention);
  }
}

}  // namespace mynah::nn
