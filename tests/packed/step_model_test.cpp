#include "packed/step_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>

#include "small_network.h"

namespace {
std::atomic<long> allocations = 0;
}

// Counts what the whole program takes from the heap.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace mynah::packed {
namespace {

using search::Admission;
using search::Candidate;
using search::Continuation;

constexpr float kNever = -std::numeric_limits<float>::infinity();

struct Scene {
  explicit Scene(Precision precision = Precision::int8)
      : model(std::make_shared<const Parameters>(small_parameters(precision)), *supported_kernels().variants[0],
              {8, 32, 24, small_shape().vocabulary}) {}

  std::vector<float> all() {
    std::vector<float> values(static_cast<std::size_t>(model.rows() * model.vocabulary()));
    model.all(values);
    return values;
  }
  std::vector<Candidate> top(int count, const std::vector<std::vector<TokenId>>& forbidden = {}) {
    std::vector<Candidate> candidates(static_cast<std::size_t>(count * model.rows()));
    const std::vector<std::span<const TokenId>> views(forbidden.begin(), forbidden.end());
    model.top(count, views, candidates);
    return candidates;
  }

  std::vector<std::vector<TokenId>> sources = random_sources(4, 7);
  PackedStepModel model;
};

TEST(PackedStepModel, TopIsTheBestOfAll) {
  for (const Precision precision : {Precision::int8, Precision::float32}) {
    Scene scene(precision);
    scene.model.advance({}, std::vector<Admission>{{scene.sources[0], {}, {}}, {scene.sources[1], {}, {}}});
    const std::vector<float> all = scene.all();
    const auto width = static_cast<std::size_t>(scene.model.vocabulary());
    const auto first = std::max_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(width)) - all.begin();
    const std::vector<std::vector<TokenId>> forbidden = {{static_cast<TokenId>(first), 3}, {}};
    for (const int count : {1, 8, 64, 65, 90}) {  // few are listed on the way, many are sorted
      const std::vector<Candidate> candidates = scene.top(count, forbidden);
      for (std::size_t row = 0; row < 2; ++row) {
        std::vector<Candidate> expected;
        for (std::size_t token = 0; token < width; ++token) {
          const bool never = row == 0 && (static_cast<std::ptrdiff_t>(token) == first || token == 3);
          if (!never && all[row * width + token] > kNever)
            expected.push_back({static_cast<TokenId>(token), all[row * width + token]});
        }
        std::ranges::stable_sort(expected, std::greater<>(), &Candidate::log_probability);
        expected.resize(static_cast<std::size_t>(count), {-1, kNever});
        for (std::size_t i = 0; i < expected.size(); ++i) {
          EXPECT_EQ(candidates[row * expected.size() + i].token, expected[i].token);
          EXPECT_EQ(candidates[row * expected.size() + i].log_probability, expected[i].log_probability);
        }
      }
    }
    EXPECT_EQ(scene.all(), all);  // forbidding is for one call
  }
}

TEST(PackedStepModel, LogProbabilitiesAreOverAllButPad) {
  Scene scene;
  scene.model.advance(
      {}, std::vector<Admission>{{scene.sources[0], {}, {}}, {scene.sources[1], {}, std::vector<TokenId>{0, 4, 88, 89}}});
  const std::vector<float> all = scene.all();
  const auto width = static_cast<std::size_t>(scene.model.vocabulary());
  for (std::size_t row = 0; row < 2; ++row) {
    double sum = 0;
    for (std::size_t token = 0; token < width; ++token) {
      const bool possible = row == 0 ? token + 1 < width : token == 0 || token == 4 || token == 88;
      EXPECT_EQ(all[row * width + token] > kNever, possible) << row << ' ' << token;
      sum += std::exp(static_cast<double>(all[row * width + token]));
    }
    EXPECT_NEAR(sum, 1, 1e-5);
  }
  std::vector<float> named(3);
  scene.model.named(1, std::vector<TokenId>{4, 0, 5}, named);
  EXPECT_EQ(named, (std::vector<float>{all[width + 4], all[width], kNever}));
}

TEST(PackedStepModel, TakesNothingFromTheHeapOnceWarm) {
  Scene scene;
  std::vector<TokenId> prefix = {4, 5, 6}, allowed = {0, 3, 9};
  for (TokenId token = 20; token < 88; ++token) allowed.push_back(token);  // more than a panel
  const std::vector<Admission> admissions = {
      {scene.sources[0], {}, {}}, {scene.sources[1], prefix, {}}, {scene.sources[2], {}, allowed}};
  const std::vector<Continuation> grown = {{0, 3}, {0, 4}, {1, 3}, {2, 9}, {2, 3}}, parted = {{4, 3}, {0, 8}};
  std::vector<Candidate> candidates(8 * 8);
  const std::vector<TokenId> never = {0};
  const std::vector<std::span<const TokenId>> forbidden(8, never);
  const auto live = [&] {
    scene.model.advance({}, admissions);
    for (const auto* continuations : {&grown, &parted}) {
      scene.model.advance(*continuations, {});
      const auto rows = static_cast<std::size_t>(scene.model.rows());
      scene.model.top(8, std::span(forbidden).first(rows), std::span(candidates).first(8 * rows));
    }
    scene.model.advance({}, {});
  };
  live();
  const long before = allocations;
  for (int round = 0; round < 3; ++round) live();
  EXPECT_EQ(allocations, before);
}

TEST(PackedStepModel, RowsComeAndGo) {
  Scene scene;
  EXPECT_EQ(scene.model.vocabulary(), 90);
  EXPECT_EQ(scene.model.free_rows(), 8);
  scene.model.advance({}, std::vector<Admission>{{scene.sources[0], {}, {}}});
  scene.model.advance(std::vector<Continuation>{{0, 3}, {0, 4}}, std::vector<Admission>{{scene.sources[1], {}, {}}});
  EXPECT_EQ(scene.model.rows(), 3);
  EXPECT_EQ(scene.model.free_rows(), 5);
  scene.model.advance({}, {});
  EXPECT_EQ(scene.model.rows(), 0);
  EXPECT_TRUE(scene.all().empty());
}

}  // namespace
}  // namespace mynah::packed
