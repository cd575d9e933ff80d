#include "packed/row_table.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace mynah::packed {

RowTable::Pool::Pool(std::ptrdiff_t count, Arena& arena)
    : uses_(arena.take<std::int32_t>(count)), free_(arena.take<std::int32_t>(count)) {}

std::int32_t RowTable::Pool::take() {
  const std::int32_t number = free_count_ > 0 ? free_[--free_count_] : static_cast<std::int32_t>(fresh_++);
  uses_[number] = 1;
  return number;
}

RowTable::RowTable(int capacity, std::ptrdiff_t max_length, Arena& arena)
    : capacity_(capacity),
      max_length_(max_length),
      current_(arena.take<Row>(capacity)),
      next_(arena.take<Row>(capacity)),
      places_(capacity * max_length, arena),
      sentences_(capacity, arena) {
  auto* places = arena.take<std::int32_t>(2 * capacity * max_length);
  for (Row* rows : {current_, next_}) {
    for (int row = 0; row < capacity; ++row, places += max_length) rows[row].places = places;
  }
}

/// New rows take hold of what they share before old ones let go.
void RowTable::go_on(std::span<const search::Continuation> continuations) {
  ensure(std::ssize(continuations) <= capacity_, "no more rows than the table was made for");
  Row* to = next_;
  for (const auto& [parent, token] : continuations) {
    ensure(parent >= 0 && parent < rows_, "every parent is a row");
    const Row& from = current_[parent];
    to->length = from.length;
    to->sentence = from.sentence;
    std::copy_n(from.places, from.length, to->places);
    for (std::int32_t i = 0; i < from.length; ++i) places_.share(from.places[i]);
    sentences_.share(from.sentence);
    ++to;
  }
  for (int row = 0; row < rows_; ++row) {
    const Row& old = current_[row];
    for (std::int32_t i = 0; i < old.length; ++i) places_.release(old.places[i]);
    sentences_.release(old.sentence);
  }
  std::swap(current_, next_);
  rows_ = static_cast<int>(continuations.size());
}

int RowTable::admit() {
  ensure(rows_ < capacity_, "no more rows than the table was made for");
  current_[rows_].length = 0;
  current_[rows_].sentence = sentences_.take();
  return rows_++;
}

std::int32_t RowTable::append(int row) {
  Row& longer = current_[row];
  ensure(longer.length < max_length_, "no target is longer than the step model was made for");
  return longer.places[longer.length++] = places_.take();
}

}  // namespace mynah::packed
