#include "nn/top_candidates.h"

#include <algorithm>
#include <limits>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

using search::Candidate;

constexpr Candidate kNone = {-1, -std::numeric_limits<float>::infinity()};

/// One pass over a row in id order: whoever beats the last of the best is inserted behind its equals.
void scan_row(std::span<const float> scores, std::span<Candidate> best) {
  std::ranges::fill(best, kNone);
  for (std::size_t id = 0; id < scores.size(); ++id) {
    if (!(scores[id] > best.back().log_probability)) continue;
    auto place = best.end() - 1;
    for (; place != best.begin() && scores[id] > (place - 1)->log_probability; --place) *place = *(place - 1);
    *place = {static_cast<TokenId>(id), scores[id]};
  }
}

bool precedes(const Candidate& a, const Candidate& b) {
  return a.log_probability != b.log_probability ? a.log_probability > b.log_probability : a.token < b.token;
}

}  // namespace

void top_candidates(const Tensor& scores, int count, std::span<Candidate> candidates) {
  if (!scores.is_cpu()) return top_candidates_by_sorting(scores, count, candidates);
  const Tensor rows = scores.contiguous();
  const auto vocabulary = static_cast<std::size_t>(rows.size(1)), width = static_cast<std::size_t>(count);
  const float* row = rows.const_data_ptr<float>();
  for (std::size_t begin = 0; begin < candidates.size(); begin += width, row += vocabulary) {
    scan_row({row, vocabulary}, candidates.subspan(begin, width));
  }
}

void top_candidates_by_sorting(const Tensor& scores, int count, std::span<Candidate> candidates) {
  const std::int64_t vocabulary = scores.size(1), listed = std::min<std::int64_t>(count + 1, vocabulary);
  auto [values, ids] = scores.topk(listed, 1);  // [rows, listed]
  // Which of several equal scores topk() lists is not defined; it matters only where they reach over the end of the list.
  if (listed < vocabulary && (values.select(1, listed - 1) == values.select(1, listed - 2)).any().item<bool>()) {
    std::tie(values, ids) = scores.sort(/*stable=*/true, 1, /*descending=*/true);
  }
  values = values.narrow(1, 0, listed).to(at::kCPU).contiguous();
  ids = ids.narrow(1, 0, listed).to(at::kCPU).contiguous();
  const auto width = static_cast<std::size_t>(count);
  std::vector<Candidate> row;
  for (std::int64_t number = 0; number < scores.size(0); ++number) {
    row.assign(width + 1, kNone);
    for (std::int64_t place = 0; place < listed; ++place) {
      const float value = values.const_data_ptr<float>()[number * listed + place];
      if (value > kNone.log_probability) {
        row[static_cast<std::size_t>(place)] = {static_cast<TokenId>(ids.const_data_ptr<std::int64_t>()[number * listed + place]),
                                                value};
      }
    }
    std::ranges::sort(row, precedes);
    std::copy_n(row.begin(), width, candidates.begin() + number * count);
  }
}

}  // namespace mynah::nn
