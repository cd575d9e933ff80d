#include "nn/time_order.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

namespace mynah::nn {

TimeOrder::TimeOrder(const Segments& sentences, at::Device device) {
  const std::int64_t *lengths = sentences.lengths().const_data_ptr<std::int64_t>(),
                     *starts = sentences.starts().const_data_ptr<std::int64_t>();
  std::vector<std::int64_t> order(static_cast<std::size_t>(sentences.count()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater(), [&](std::int64_t sentence) { return lengths[sentence]; });

  std::vector<std::int64_t> row_of_place, rows;
  for (std::int64_t time = 0; time < sentences.longest(); ++time) {
    const std::size_t before = row_of_place.size();
    for (const std::int64_t sentence : order) {
      if (lengths[sentence] <= time) break;
      row_of_place.push_back(starts[sentence] + time);
    }
    rows.push_back(static_cast<std::int64_t>(row_of_place.size() - before));
  }
  const std::size_t tokens = row_of_place.size();
  std::vector<std::int64_t> place_of_row(tokens);
  for (std::size_t place = 0; place < tokens; ++place) {
    place_of_row[static_cast<std::size_t>(row_of_place[place])] = static_cast<std::int64_t>(place);
  }
  to_times_ = RowMap(row_of_place, static_cast<std::int64_t>(tokens), device);
  to_sentences_ = RowMap(place_of_row, static_cast<std::int64_t>(tokens), device);
  order_ = at::tensor(order, at::kLong).to(device);
  rows_ = at::tensor(rows, at::kLong);
}

std::vector<Tensor> TimeOrder::split(const Tensor& x) const {
  return x.split_with_sizes({rows_.const_data_ptr<std::int64_t>(), times()}, 0);
}

}  // namespace mynah::nn
