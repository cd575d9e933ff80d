#include "packed/row_table.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "base/random.h"

namespace mynah::packed {
namespace {

/// A row written out: the number of each token it has read, no two tokens alike, and its sentence.
struct Written {
  std::vector<int> tokens;
  int sentence;
};

/// What stands where: numbers of tokens by place, of sentences by the table's.
TEST(RowTable, KeepsEachRowsTokensThroughAnyLife) {
  Random random(1);
  Arena arena;
  RowTable table(12, 15, arena);
  std::vector<Written> rows;
  std::map<std::int32_t, int> at_place, at_sentence;
  int next_token = 0, next_sentence = 0;
  for (int step = 0; step < 3000; ++step) {
    std::vector<search::Continuation> continuations;
    std::vector<Written> after;
    for (std::size_t i = 0; !rows.empty() && i < random.below(13); ++i) {
      const std::size_t parent = random.below(rows.size());
      if (rows[parent].tokens.size() == 15) continue;
      continuations.push_back({static_cast<std::int32_t>(parent), 0});
      after.push_back(rows[parent]);
    }
    table.go_on(continuations);
    while (after.size() < 12 && random.below(4) == 0) {
      after.push_back({{}, next_sentence});
      ASSERT_EQ(table.admit(), static_cast<int>(after.size()) - 1);
      at_sentence[table.sentence(static_cast<int>(after.size()) - 1)] = next_sentence++;
    }
    rows = after;
    ASSERT_EQ(table.rows(), static_cast<int>(rows.size()));
    std::set<std::int32_t> fresh;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      rows[row].tokens.push_back(next_token);
      const std::int32_t place = table.append(static_cast<int>(row));
      EXPECT_TRUE(fresh.insert(place).second);
      at_place[place] = next_token++;
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      std::vector<int> read;
      for (const std::int32_t place : table.places(static_cast<int>(row))) {
        EXPECT_LT(place, 12 * 15);
        read.push_back(at_place.at(place));
      }
      EXPECT_EQ(read, rows[row].tokens);
      EXPECT_EQ(at_sentence.at(table.sentence(static_cast<int>(row))), rows[row].sentence);
      EXPECT_LT(table.sentence(static_cast<int>(row)), 12);
    }
  }
}

TEST(RowTable, RefusesMoreThanItWasMadeFor) {
  Arena arena;
  RowTable table(1, 2, arena);
  table.admit();
  EXPECT_THROW(table.admit(), std::logic_error);
  table.append(0);
  table.append(0);
  EXPECT_THROW(table.append(0), std::logic_error);
  EXPECT_THROW(table.go_on(std::vector<search::Continuation>{{1, 0}}), std::logic_error);
  EXPECT_THROW(table.go_on(std::vector<search::Continuation>{{0, 0}, {0, 1}}), std::logic_error);
}

}  // namespace
}  // namespace mynah::packed
