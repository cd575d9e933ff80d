#include "nn/row_map.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace mynah::nn {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

RowMap::Copy::Copy(std::vector<std::int64_t> from, at::Device device) {
  std::vector<std::int64_t> places;
  for (std::size_t place = 0; place < from.size(); ++place) {
    if (from[place] != kEmpty) continue;
    places.push_back(static_cast<std::int64_t>(place));
    from[place] = 0;
  }
  rows = at::tensor(from, at::kLong).to(device);
  if (!places.empty()) empty = at::tensor(places, at::kLong).to(device);
}

Tensor RowMap::Copy::operator()(const Tensor& x) const {
  Tensor copied = x.index_select(0, rows);
  if (empty.defined()) copied.index_fill_(0, empty, 0);
  return copied;
}

RowMap::RowMap(const std::vector<std::int64_t>& rows, std::int64_t count, at::Device device) : forward_(rows, device) {
  std::vector<std::size_t> uses(static_cast<std::size_t>(count), 0);
  std::vector<std::vector<std::int64_t>> went;
  for (std::size_t place = 0; place < rows.size(); ++place) {
    if (rows[place] == kEmpty) continue;
    const auto row = static_cast<std::size_t>(rows[place]);
    if (uses[row] == went.size()) went.emplace_back(uses.size(), kEmpty);
    went[uses[row]++][row] = static_cast<std::int64_t>(place);
  }
  for (auto& places : went) backward_.emplace_back(std::move(places), device);
}

struct MappedRows : torch::autograd::Function<MappedRows> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const RowMap& map) {
    variable_list places;
    for (const RowMap::Copy& copy : map.backward_) {
      places.push_back(copy.rows);
      places.push_back(copy.empty);
    }
    context->save_for_backward(places);
    return map.forward_(x);
  }
  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list places = context->get_saved_variables();
    Tensor sum;
    for (std::size_t use = 0; use < places.size(); use += 2) {
      RowMap::Copy copy;
      copy.rows = places[use];
      copy.empty = places[use + 1];
      const Tensor part = copy(gradients[0]);
      sum = sum.defined() ? sum.add_(part) : part;
    }
    return {sum, {}};
  }
};

Tensor RowMap::operator()(const Tensor& x) const { return MappedRows::apply(x, *this); }

}  // namespace mynah::nn
