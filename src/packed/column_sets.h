// What shortlists leave of the output layer: some columns of its matrix each, packed side by side as a matrix of their own.
#pragma once
#include <span>
#include <vector>

#include "packed/arena.h"
#include "packed/kernels.h"
#include "text/token_id.h"

namespace mynah::packed {

/// Numbered sets of one matrix's columns. A set is the whole matrix until columns are chosen for it.
class ColumnSets {
 public:
  /// So many sets, each of at most `most` columns.
  ColumnSets(const Matrix& whole, std::ptrdiff_t sets, std::ptrdiff_t most, Arena& arena);

  /// Sorted columns; none: all of them.
  void choose(std::int32_t set, std::span<const TokenId> columns);
  bool is_whole(std::int32_t set) const { return counts_[set] == 0; }
  const Matrix& matrix(std::int32_t set) const { return is_whole(set) ? whole_ : chosen_[static_cast<std::size_t>(set)]; }
  /// Which columns of the whole matrix those of the set are; empty where it is the whole.
  std::span<const std::int32_t> columns(std::int32_t set) const {
    return {columns_ + set * most_, static_cast<std::size_t>(counts_[set])};
  }

 private:
  const Matrix& whole_;
  std::ptrdiff_t most_;         // a multiple of kPanelColumns
  std::ptrdiff_t panel_bytes_;  // of one panel
  std::ptrdiff_t set_bytes_;    // from one set's panels to the next one's
  std::byte* panels_;
  float *scales_, *biases_;  // [sets, most]
  std::int32_t *starts_, *columns_;
  std::ptrdiff_t* counts_;  // [sets], 0: the whole
  std::vector<Matrix> chosen_;
};

}  // namespace mynah::packed
