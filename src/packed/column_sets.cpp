#include "packed/column_sets.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/error.h"

namespace mynah::packed {
namespace {

std::ptrdiff_t whole_panels(std::ptrdiff_t columns) { return (columns + kPanelColumns - 1) / kPanelColumns; }

/// The words of one column, copied from its place among the panels to another.
void copy_column(const Matrix& from, std::ptrdiff_t column, std::byte* panels, std::ptrdiff_t place) {
  constexpr std::ptrdiff_t kStep = kPanelColumns * kWordBytes;  // from a column's word to its next one
  const auto at = [&](std::ptrdiff_t number) {
    return number / kPanelColumns * from.words * kStep + number % kPanelColumns * kWordBytes;
  };
  const std::byte* source = from.panels + at(column);
  std::byte* target = panels + at(place);
  for (std::ptrdiff_t word = 0; word < from.words; ++word) {
    std::memcpy(target + word * kStep, source + word * kStep, static_cast<std::size_t>(kWordBytes));
  }
}

}  // namespace

ColumnSets::ColumnSets(const Matrix& whole, std::ptrdiff_t sets, std::ptrdiff_t most, Arena& arena)
    : whole_(whole),
      most_(whole_panels(most) * kPanelColumns),
      panel_bytes_(whole.words * kPanelColumns * kWordBytes),
      set_bytes_(whole_panels(most) * panel_bytes_ + kStagger),
      panels_(arena.take<std::byte>(sets * set_bytes_)),
      scales_(arena.take<float>(sets * most_)),
      biases_(arena.take<float>(sets * most_)),
      starts_(arena.take<std::int32_t>(sets * most_)),
      columns_(arena.take<std::int32_t>(sets * most_)),
      counts_(arena.take<std::ptrdiff_t>(sets)),
      chosen_(static_cast<std::size_t>(sets), whole) {
  for (std::ptrdiff_t set = 0; set < sets; ++set) {
    Matrix& matrix = chosen_[static_cast<std::size_t>(set)];
    matrix.panels = panels_ + set * set_bytes_;
    matrix.bias = biases_ + set * most_;
    if (whole.scales != nullptr) matrix.scales = scales_ + set * most_;
    if (whole.start != nullptr) matrix.start = starts_ + set * most_;
  }
}

/// What an earlier choice left behind the last column has no weight: its bias is −infinity.
void ColumnSets::choose(std::int32_t set, std::span<const TokenId> columns) {
  ensure(std::ssize(columns) <= most_, "no shortlist is longer than the step model was made for");
  counts_[set] = std::ssize(columns);
  if (columns.empty()) return;
  const std::ptrdiff_t first = set * most_;
  std::byte* panels = panels_ + set * set_bytes_;
  for (std::ptrdiff_t place = 0; place < std::ssize(columns); ++place) {
    const TokenId column = columns[static_cast<std::size_t>(place)];
    copy_column(whole_, column, panels, place);
    columns_[first + place] = column;
    biases_[first + place] = whole_.bias[column];
    if (whole_.scales != nullptr) scales_[first + place] = whole_.scales[column];
    if (whole_.start != nullptr) starts_[first + place] = whole_.start[column];
  }
  Matrix& matrix = chosen_[static_cast<std::size_t>(set)];
  matrix.columns = whole_panels(std::ssize(columns)) * kPanelColumns;
  std::fill(biases_ + first + std::ssize(columns), biases_ + first + matrix.columns, -std::numeric_limits<float>::infinity());
}

}  // namespace mynah::packed
