// Who has read what: rows of tokens that share their beginnings, so that beams grow, part and end without anything being copied.
#pragma once
#include <cstdint>
#include <span>

#include "packed/arena.h"
#include "search/step_model.h"

namespace mynah::packed {

/// Each row is of a sentence and has a place in the cache for every token it has read. Places and sentences come back when no row
/// names them any more; those that were used last are given out first.
class RowTable {
 public:
  RowTable(int capacity, std::ptrdiff_t max_length, Arena& arena);

  int rows() const { return rows_; }
  int capacity() const { return capacity_; }
  std::ptrdiff_t max_length() const { return max_length_; }
  /// Row r becomes what row continuations[r].parent was; others are released.
  void go_on(std::span<const search::Continuation> continuations);
  /// A new row that has read nothing, of a sentence of its own.
  int admit();
  /// Gives the row a place for one more token.
  std::int32_t append(int row);

  std::int32_t sentence(int row) const { return current_[row].sentence; }
  std::span<const std::int32_t> places(int row) const {
    return {current_[row].places, static_cast<std::size_t>(current_[row].length)};
  }

 private:
  struct Row {
    std::int32_t* places;  // [max_length]
    std::int32_t length, sentence;
  };
  /// Numbers, and how many rows use each.
  class Pool {
   public:
    Pool(std::ptrdiff_t count, Arena& arena);
    std::int32_t take();
    void share(std::int32_t number) { ++uses_[number]; }
    void release(std::int32_t number) {
      if (--uses_[number] == 0) free_[free_count_++] = number;
    }

   private:
    std::int32_t *uses_, *free_;
    std::ptrdiff_t free_count_ = 0, fresh_ = 0;  // numbers from fresh_ on were never taken
  };

  int capacity_, rows_ = 0;
  std::ptrdiff_t max_length_;
  Row *current_, *next_;
  Pool places_, sentences_;
};

}  // namespace mynah::packed
