#include "training/team.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

namespace mynah::training {
namespace {

TEST(Team, EveryMemberWorksOnceInEveryRun) {
  Team team(3);
  std::vector<int> runs(3);
  for (int run = 0; run < 100; ++run) team.run([&](int member) { ++runs[static_cast<std::size_t>(member)]; });
  EXPECT_EQ(runs, (std::vector<int>{100, 100, 100}));
}

TEST(Team, RunReturnsWhenAllAreDone) {
  Team team(4);
  for (int run = 0; run < 50; ++run) {
    std::atomic<int> done = 0;
    team.run([&](int) { ++done; });
    EXPECT_EQ(done, 4);
  }
}

TEST(Team, TheLowestMembersFailureIsThrownAndForgotten) {
  Team team(3);
  const auto fail = [](int member) {
    if (member > 0) throw std::runtime_error(std::to_string(member));
  };
  try {
    team.run(fail);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "1");
  }
  EXPECT_NO_THROW(team.run([](int) {}));
}

TEST(Team, OfOneWorksOnTheCallersThread) {
  Team team(1);
  const auto caller = std::this_thread::get_id();
  team.run([&](int member) {
    EXPECT_EQ(member, 0);
    EXPECT_EQ(std::this_thread::get_id(), caller);
  });
}

TEST(PartOf, CoversEverythingOnceAtMultiplesOfACacheLine) {
  for (const std::int64_t size : {0, 1, 15, 16, 17, 1000, 4096}) {
    for (int members = 1; members <= 5; ++members) {
      std::int64_t covered = 0;
      for (int member = 0; member < members; ++member) {
        const Part part = part_of(size, member, members);
        EXPECT_EQ(part.begin, covered);
        if (part.length > 0) {
          EXPECT_EQ(part.begin % 16, 0);
        }
        covered += part.length;
      }
      EXPECT_EQ(covered, size);
    }
  }
}

}  // namespace
}  // namespace mynah::training
