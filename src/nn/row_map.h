// Rows of a tensor in another order, some of them several times, some places empty: a copy forward and a copy back.
#pragma once
#include <vector>

#include "nn/tensor.h"

namespace mynah::nn {

class RowMap {
 public:
  static constexpr std::int64_t kEmpty = -1;

  RowMap() = default;
  /// Place i holds row `rows[i]` of `count`, or zeros where that is kEmpty.
  RowMap(const std::vector<std::int64_t>& rows, std::int64_t count, at::Device device);

  /// x [count, features] → [places, features]
  Tensor operator()(const Tensor& x) const;

 private:
  friend struct MappedRows;

  /// Where copied rows come from; `empty` names the places that stay zero, undefined when none does.
  struct Copy {
    Copy() = default;
    Copy(std::vector<std::int64_t> rows, at::Device device);
    Tensor operator()(const Tensor& x) const;

    Tensor rows, empty;
  };

  Copy forward_;
  std::vector<Copy> backward_;  // each row of x, and where it went: for the first time, for the second …
};

}  // namespace mynah::nn
