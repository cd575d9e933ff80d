#include "nn/positions.h"

#include <cmath>

#include "base/random.h"
#include "nn/torch.h"

namespace mynah::nn {

Tensor positions(std::int64_t first, std::int64_t count, std::int64_t d_model) {
  const Tensor position = at::arange(first, first + count, at::kDouble).unsqueeze(1);  // [count, 1]
  const Tensor rate = at::exp(at::arange(0, d_model, 2, at::kDouble) * (-std::log(10000.0) / static_cast<double>(d_model)));
  const Tensor angle = position * rate;  // [count, d_model / 2]
  return at::cat({angle.sin(), angle.cos()}, 1).to(at::kFloat);
}

Tensor positions_from_anywhere(const Segments& sentences, std::int64_t most, std::uint64_t seed) {
  if (most == 0) return sentences.positions();
  Random random(seed, most);
  Tensor first = at::empty_like(sentences.lengths());
  for (std::int64_t sentence = 0; sentence < sentences.count(); ++sentence) {
    first[sentence] = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most) + 1));
  }
  return sentences.positions() + first.repeat_interleave(sentences.lengths());
}

}  // namespace mynah::nn
