#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "packed/kernels.h"
#include "variants.h"

namespace mynah::packed {
namespace {

using Size = std::ptrdiff_t;

/// Queries [rows, features], keys and values [length, features], drawn by a seed.
struct Scene {
  Scene(Size rows_in, Size length_in, Size heads_in, Size d_head_in)
      : rows(rows_in), length(length_in), heads(heads_in), d_head(d_head_in) {
    Random random(1);
    for (auto* values : {&queries, &keys, &values_}) {
      values->resize(static_cast<std::size_t>((values == &queries ? rows : length) * features()));
      for (float& value : *values) value = static_cast<float>(random.uniform() - 0.5);
    }
  }
  Size features() const { return heads * d_head; }
  static double at(const std::vector<float>& values, Size index) {
    return static_cast<double>(values[static_cast<std::size_t>(index)]);
  }

  /// softmax(query · keys) of one row and head, over the first `seen` keys.
  std::vector<double> weights(Size row, Size head, Size seen) const {
    std::vector<double> weights(static_cast<std::size_t>(seen));
    double sum = 0;
    for (Size key = 0; key < seen; ++key) {
      double score = 0;
      for (Size i = head * d_head; i < (head + 1) * d_head; ++i)
        score += at(queries, row * features() + i) * at(keys, key * features() + i);
      sum += weights[static_cast<std::size_t>(key)] = std::exp(score);
    }
    for (double& weight : weights) weight /= sum;
    return weights;
  }
  void expect_output(const float* output, Size row, Size seen, double tolerance) const {
    for (Size head = 0; head < heads; ++head) {
      const std::vector<double> weight = weights(row, head, seen);
      for (Size i = head * d_head; i < (head + 1) * d_head; ++i) {
        double expected = 0;
        for (Size key = 0; key < seen; ++key)
          expected += weight[static_cast<std::size_t>(key)] * at(values_, key * features() + i);
        EXPECT_NEAR(output[i], expected, tolerance) << row << ' ' << i;
      }
    }
  }

  Size rows, length, heads, d_head;
  std::vector<float> queries, keys, values_;
};

TEST(Attend, EqualsTheFormula) {
  for_each_variant([](const Kernels& kernels) {
    for (const std::size_t kept : {0U, 1U}) {
      for (const auto& [rows, length, heads, d_head] :
           {std::array<Size, 4>{1, 1, 1, 32}, {5, 17, 3, 64}, {4, 32, 2, 32}, {7, 49, 1, 96}}) {
        Scene scene(rows, length, heads, d_head);
        const Size features = scene.features(), padded = (length + 15) / 16 * 16;
        std::vector<std::byte> keys(static_cast<std::size_t>(padded * features * 4)), values = keys;
        const Memory memory{keys.data(), values.data(), length};
        kernels.remember[kept]({{scene.keys.data(), features}, {scene.values_.data(), features}, features, memory});
        std::vector<float> output(static_cast<std::size_t>(rows * features)),
            scratch(static_cast<std::size_t>(kTileRows * padded));
        std::vector<float> weights(static_cast<std::size_t>(rows * length));
        kernels.attend[kept]({.heads = heads,
                              .d_head = d_head,
                              .queries = {scene.queries.data(), features},
                              .output = {output.data(), features},
                              .rows = rows,
                              .memory = memory,
                              .scratch = scratch.data(),
                              .weights = weights.data()});
        const double tolerance = kept == 0 ? 1e-5 : 5e-3;
        for (Size row = 0; row < rows; ++row) {
          scene.expect_output(output.data() + row * features, row, length, tolerance);
          for (Size key = 0; key < length; ++key) {
            double mean = 0;
            for (Size head = 0; head < heads; ++head)
              mean += scene.weights(row, head, length)[static_cast<std::size_t>(key)] / static_cast<double>(heads);
            EXPECT_NEAR(weights[static_cast<std::size_t>(row * length + key)], mean, tolerance);
          }
        }
      }
    }
  });
}

/// Keys and values lie anywhere in the cache; of five places, those of a row are named in any order.
TEST(AttendCached, EqualsTheFormula) {
  for_each_variant([](const Kernels& kernels) {
    for (const std::size_t kept : {0U, 1U}) {
      for (const Size length : {1, 2, 16, 22}) {
        Scene scene(1, length, 3, 64);
        const Size features = scene.features(), bytes = 2 * features * (kept == 0 ? 4 : 2), step = bytes + 64;
        std::vector<std::byte> cache(static_cast<std::size_t>(2 * length * step));
        std::vector<std::int32_t> places;
        for (Size position = 0; position < length; ++position) {
          places.push_back(static_cast<std::int32_t>((7 * position + 3) % length + (position % 2) * length));
          std::byte* place = cache.data() + places.back() * step;
          kernels.keep[kept](scene.keys.data() + position * features, features, place);
          kernels.keep[kept](scene.values_.data() + position * features, features, place + bytes / 2);
        }
        std::vector<float> output(static_cast<std::size_t>(features)), scratch(static_cast<std::size_t>(3 * 32 * kMostLanes));
        kernels.attend_cached[kept]({.heads = 3,
                                     .d_head = 64,
                                     .query = scene.queries.data(),
                                     .output = output.data(),
                                     .cache = cache.data(),
                                     .step = step,
                                     .places = places.data(),
                                     .length = length,
                                     .scratch = scratch.data()});
        scene.expect_output(output.data(), 0, length, kept == 0 ? 1e-5 : 5e-3);
      }
    }
  });
}

}  // namespace
}  // namespace mynah::packed
