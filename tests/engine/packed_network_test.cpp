// The packed engine beside the LibTorch network on the same weights: the floor that may see both.
#include "packed/packed_network.h"

#include <gmock/gmock.h>

#include <cmath>
#include <string>
#include <vector>

#include "../model/random_weights.h"
#include "../packed/variants.h"
#include "nn/libtorch_network.h"
#include "nn/sequence_model.h"
#include "packed/packing.h"
#include "search/decoder.h"

namespace mynah::packed {
namespace {

using search::Admission;
using search::Continuation;
using Ids = std::vector<TokenId>;

/// Heads of 6 features, 21 tokens and 10 hidden features fill no vector, no word and no panel.
model::Shape odd_shape(const std::string& activation, bool pre_norm) {
  return {.vocabulary = 21,
          .d_model = 18,
          .d_feed_forward = 10,
          .heads = 3,
          .encoder_layers = 2,
          .decoder_layers = 3,
          .activation = activation,
          .pre_norm = pre_norm};
}

std::shared_ptr<const search::Network> libtorch(const model::Shape& shape, const model::Weights& weights) {
  return nn::make_network(nn::build(shape, weights), shape.vocabulary - 1);
}

std::vector<float> all_of(search::StepModel& rows) {
  std::vector<float> values(static_cast<std::size_t>(rows.rows() * rows.vocabulary()));
  rows.all(values);
  return values;
}

/// −infinity in the same places, else equal to `tolerance`.
void expect_close(const std::vector<float>& actual, const std::vector<float>& expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (std::isinf(expected[i])) {
      EXPECT_EQ(actual[i], expected[i]) << i;
    } else {
      EXPECT_NEAR(actual[i], expected[i], tolerance) << i;
    }
  }
}

/// The same life of rows in both: sentences come with and without prefix and shortlist, beams grow, part and end.
void expect_same_rows(const search::Network& packed, const search::Network& reference, double tolerance) {
  const Ids a = {3, 9, 4, 11, 0}, b = {5, 0}, prefix = {7, 2, 8}, allowed = {0, 4, 7, 9, 13};
  Ids c(40, 6);
  c.back() = 0;
  const auto ours = packed.step_model({6, 40, 12, 5}), theirs = reference.step_model({6, 40, 12});
  const auto step = [&](const std::vector<Continuation>& continuations, const std::vector<Admission>& admissions) {
    ours->advance(continuations, admissions);
    theirs->advance(continuations, admissions);
    ASSERT_EQ(ours->rows(), theirs->rows());
    ASSERT_EQ(ours->free_rows(), theirs->free_rows());
    expect_close(all_of(*ours), all_of(*theirs), tolerance);
  };
  step({}, {{a, {}, {}}, {b, prefix, {}}});
  step({{0, 5}, {0, 6}, {1, 2}}, {{c, {}, allowed}});
  step({{1, 3}, {0, 4}, {1, 9}, {3, 7}, {2, 1}}, {});
  step({{4, 1}, {3, 9}, {3, 4}}, {{b, {}, {}}, {a, prefix, allowed}});
  step({}, {});
  step({}, {{c, {}, {}}});
  for (TokenId token = 1; token < 11; ++token) step({{0, token}}, {});
}

void expect_same_pass(const search::Network& packed, const search::Network& reference, double tolerance) {
  const Ids a = {3, 9, 4, 11, 0}, b = {5, 0}, target = {8, 2, 14, 0}, end = {0};
  const std::vector<search::Pair> pairs = {{a, target}, {b, target}, {a, end}};
  const auto ours = packed.forced(pairs, {.attention = true}), theirs = reference.forced(pairs, {.attention = true});
  ASSERT_EQ(ours.size(), pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    expect_close(ours[i].log_probabilities, theirs[i].log_probabilities, tolerance);
    expect_close(ours[i].attention, theirs[i].attention, tolerance);
  }
  EXPECT_TRUE(packed.forced(pairs, {}).front().attention.empty());
}

/// In float32 every variant gives what LibTorch gives, whatever the network is made of.
TEST(PackedNetwork, InFloat32EqualsLibTorch) {
  for (const bool pre_norm : {false, true}) {
    for (const char* activation : {"relu", "gelu", "silu", "swiglu"}) {
      SCOPED_TRACE(testing::Message() << activation << (pre_norm ? " pre-norm" : " post-norm"));
      const model::Shape shape = odd_shape(activation, pre_norm);
      const model::Weights weights = model::random_weights(shape, 5, 0.5);
      const auto reference = libtorch(shape, weights);
      for_each_variant([&](const Kernels& kernels) {
        const auto packed = make_network(packed_parameters(shape, weights, Precision::float32), kernels);
        expect_same_rows(*packed, *reference, 1e-4);
        expect_same_pass(*packed, *reference, 1e-4);
      });
    }
  }
}

/// Shapes of real models: heads and widths that fill vectors.
TEST(PackedNetwork, OfWholeVectorsEqualsLibTorch) {
  model::Shape shape = odd_shape("relu", false);
  shape.d_model = 128;
  shape.heads = 4;
  shape.d_feed_forward = 256;
  shape.vocabulary = 200;
  const model::Weights weights = model::random_weights(shape, 6, 0.1);
  const auto reference = libtorch(shape, weights);
  for_each_variant([&](const Kernels& kernels) {
    const auto packed = make_network(packed_parameters(shape, weights, Precision::float32), kernels);
    expect_same_rows(*packed, *reference, 1e-4);
    expect_same_pass(*packed, *reference, 1e-4);
  });
}

/// Reduced precision stays near: a tenth of a log-probability, where they spread over many.
TEST(PackedNetwork, InReducedPrecisionStaysNearLibTorch) {
  model::Shape shape = odd_shape("relu", false);
  shape.d_model = 128;
  shape.heads = 4;
  shape.d_feed_forward = 256;
  const model::Weights weights = model::random_weights(shape, 6, 0.1);
  const auto reference = libtorch(shape, weights);
  for_each_variant([&](const Kernels& kernels) {
    for (const Precision precision : {Precision::int8, Precision::bfloat16}) {
      const auto packed = make_network(packed_parameters(shape, weights, precision), kernels);
      expect_same_rows(*packed, *reference, 0.15);
      expect_same_pass(*packed, *reference, 0.15);
    }
  });
}

}  // namespace
}  // namespace mynah::packed
