// Small networks and batches for the tests of nn.
#pragma once
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "nn/batch.h"
#include "nn/segments.h"
#include "nn/sequence_model.h"

namespace mynah::nn {

inline constexpr TokenId kPad = 22;
inline constexpr Dropout kNoDropout = {0, 0, 0};

inline model::Shape tiny_shape() {
  model::Shape shape;
  shape.vocabulary = kPad + 1;
  shape.d_model = 16;
  shape.d_feed_forward = 24;
  shape.heads = 4;
  shape.encoder_layers = 2;
  shape.decoder_layers = 3;
  shape.max_positions = 32;
  return shape;
}

inline model::Shape tiny_rnn(const std::string& attention = "multiplicative", const std::string& cells = "lstm") {
  model::Shape shape = tiny_shape();
  shape.type = "rnn";
  shape.encoder_layers = shape.decoder_layers = 2;
  shape.rnn.width = 12;
  shape.rnn.attention = attention;
  shape.rnn.encoder_cell = shape.rnn.decoder_cell = cells;
  return shape;
}

inline model::Shape tiny_cnn() {
  model::Shape shape = tiny_shape();
  shape.type = "cnn";
  shape.cnn.channels = 12;
  return shape;
}

/// A network to be tested, named for the tests' names.
struct Kind {
  std::string name;
  model::Shape shape;
};

/// At least one of every architecture.
inline std::vector<Kind> every_kind() {
  std::vector<Kind> kinds;
  for (const char* activation : {"relu", "gelu", "silu", "swiglu"}) {
    for (const bool pre_norm : {false, true}) {
      Kind kind{concat("Transformer_", activation, pre_norm ? "_pre" : "_post"), tiny_shape()};
      kind.shape.activation = activation;
      kind.shape.pre_norm = pre_norm;
      kinds.push_back(kind);
    }
  }
  for (const char* attention : {"multiplicative", "additive", "none"}) {
    for (const char* cells : {"lstm", "gru"})
      kinds.push_back({concat("Rnn_", attention, "_", cells), tiny_rnn(attention, cells)});
  }
  for (const char* cells : {"lstm", "gru"}) {
    Kind kind{concat("Rnn_norm_skip_", cells), tiny_rnn("multiplicative", cells)};
    kind.shape.rnn.layer_norm = kind.shape.rnn.skip = true;
    kind.shape.encoder_layers = 3;
    kind.shape.rnn.encoder_type = "bi-unidirectional";
    kinds.push_back(kind);
  }
  for (const bool halting : {false, true}) {
    for (const char* transition : {"feed-forward", "separable-convolution"}) {
      for (const bool pre_norm : {false, true}) {
        kinds.push_back({concat("Universal_", halting ? "halting" : "fixed", transition[0] == 'f' ? "" : "_convolution",
                                pre_norm ? "_pre" : "_post"),
                         tiny_shape()});
        model::Shape& shape = kinds.back().shape;
        shape.type = "universal";
        shape.encoder_layers = 5;
        shape.decoder_layers = 6;
        shape.pre_norm = pre_norm;
        shape.universal = {halting, transition};
      }
    }
  }
  kinds.push_back({"Cnn", tiny_cnn()});
  kinds.push_back({"Cnn_wide", tiny_cnn()});
  kinds.back().shape.cnn.kernel_width = 5;
  kinds.back().shape.d_model = 11;
  return kinds;
}

inline void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

/// In evaluation mode, with biases and norms away from their initial zeros and ones, so that nothing hides.
inline std::shared_ptr<SequenceModel> tiny_network(const model::Shape& shape = tiny_shape(),
                                                   const Dropout& dropout = kNoDropout) {
  auto network = build(shape, dropout, 7);
  network->eval();
  const at::NoGradGuard no_gradient;
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(11);
  for (auto& parameter : network->parameters()) {
    if (parameter.dim() == 1) parameter.add_(at::randn(parameter.sizes(), generator), 0.3);
  }
  return network;
}

/// Random rows of these lengths, each ending in `</s>` (0).
inline std::vector<std::vector<TokenId>> random_rows(const std::vector<std::size_t>& lengths, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<TokenId>> rows;
  for (const std::size_t length : lengths) {
    std::vector<TokenId> row(length, 0);
    for (std::size_t place = 0; place + 1 < length; ++place) row[place] = static_cast<TokenId>(1 + random.below(kPad - 1));
    rows.push_back(row);
  }
  return rows;
}

/// Segments of these lengths [batch], the longest as long as they were padded to.
inline Segments segments(const Tensor& lengths) {
  return Segments({at::zeros({lengths.size(0), lengths.max().item<std::int64_t>()}, at::kLong), lengths});
}

inline Padded padded(const std::vector<std::vector<TokenId>>& rows) {
  return pad_rows(std::span<const std::vector<TokenId>>(rows), kPad, at::kCPU);
}

inline void expect_close(const Tensor& actual, const Tensor& expected, double tolerance = 1e-5) {
  ASSERT_EQ(actual.sizes(), expected.sizes());
  EXPECT_TRUE(at::allclose(actual, expected, tolerance, tolerance))
      << "largest difference " << (actual - expected).abs().max().item<double>();
}

}  // namespace mynah::nn
