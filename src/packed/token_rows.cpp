#include "packed/token_rows.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace mynah::packed {
namespace {

/// So many that what the hidden layer holds stays near, and that weights are fetched seldom.
constexpr std::ptrdiff_t kFeedForwardRows = 96;

FloatRows make_rows(std::ptrdiff_t columns, std::ptrdiff_t rows, Arena& arena) {
  const std::ptrdiff_t step = columns + kStagger / static_cast<std::ptrdiff_t>(sizeof(float));
  return {arena.take<float>(rows * step), step};
}

WordRows make_words(std::ptrdiff_t words, std::ptrdiff_t rows, Arena& arena) {
  const std::ptrdiff_t step = words * kWordBytes + kStagger;
  return {arena.take<std::byte>(rows * step), step, arena.take<float>(rows)};
}

}  // namespace

TokenRows::TokenRows(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t capacity, std::ptrdiff_t max_positions,
                     Arena& arena)
    : parameters_(parameters),
      kernels_(kernels),
      capacity_(capacity),
      feed_forward_rows_(std::min(capacity, kFeedForwardRows)),
      positions_(arena.take<float>(max_positions * parameters.shape.d_model)),
      position_of_(arena.take<const float*>(capacity)) {
  const FeedForward& part = parameters.encoder.front().feed_forward;
  stream_ = make_rows(part.outer.columns, capacity, arena);
  added_ = make_rows(part.outer.columns, capacity, arena);
  wide_ = make_rows(parameters.encoder.front().self_attention.projections.columns, capacity, arena);
  attended_ = make_rows(parameters.features(), capacity, arena);
  hidden_ = make_rows(part.inner.columns, feed_forward_rows_, arena);
  words_ = make_words(part.inner.words, capacity, arena);
  attended_words_ = make_words(parameters.encoder.front().self_attention.output.words, capacity, arena);
  hidden_words_ = make_words(part.outer.words, feed_forward_rows_, arena);
}

/// Sines in the first half, cosines in the second (Vaswani et al. 2017).
const float* TokenRows::position(std::int32_t number) {
  const int d_model = parameters_.shape.d_model;
  for (; positions_made_ <= number; ++positions_made_) {
    float* row = positions_ + positions_made_ * d_model;
    for (int i = 0; i < d_model / 2; ++i) {
      const double angle = static_cast<double>(positions_made_) * std::exp(2 * i * (-std::log(10000.0) / d_model));
      row[i] = static_cast<float>(std::sin(angle));
      row[i + d_model / 2] = static_cast<float>(std::cos(angle));
    }
  }
  return positions_ + static_cast<std::ptrdiff_t>(number) * d_model;
}

void TokenRows::embed(std::span<const TokenId> tokens, std::span<const std::int32_t> positions) {
  count_ = std::ssize(tokens);
  ensure(count_ <= capacity_, "tokens fit into the rows made for them");
  for (std::size_t i = 0; i < tokens.size(); ++i) position_of_[i] = position(positions[i]);
  kernels_.embed[precision()]({.table = &parameters_.embedding,
                               .tokens = tokens.data(),
                               .positions = position_of_,
                               .rows = count_,
                               .width = parameters_.shape.d_model,
                               .factor = std::sqrt(static_cast<float>(parameters_.shape.d_model)),
                               .stream = stream_});
  has_added_ = false;
}

void TokenRows::settle(const Norm& norm) {
  kernels_.settle[precision()]({.rows = count_,
                                .width = parameters_.shape.d_model,
                                .stream = stream_,
                                .added = has_added_ ? added_ : FloatRows{},
                                .scale = norm.scale,
                                .shift = norm.shift,
                                .normalised = parameters_.shape.pre_norm ? added_ : stream_,
                                .words = words_});
}

void TokenRows::multiply(const WordRows& words, std::ptrdiff_t rows, const Matrix& matrix, Finish finish,
                         const FloatRows& to) const {
  kernels_.linear[precision()]({words, rows, &matrix, to, finish});
}

FloatRows TokenRows::multiply(const Matrix& matrix) {
  multiply(words_, count_, matrix, Finish::none, wide_);
  return wide_;
}

void TokenRows::add_attended(const Matrix& output) {
  kernels_.to_words[precision()](attended_, count_, parameters_.features(), attended_words_);
  multiply(attended_words_, count_, output, Finish::none, added_);
  has_added_ = true;
}

void TokenRows::add_feed_forward(const FeedForward& part) {
  for (std::ptrdiff_t first = 0; first < count_; first += feed_forward_rows_) {
    const std::ptrdiff_t rows = std::min(feed_forward_rows_, count_ - first);
    const WordRows words = words_.from(first);
    if (part.gate.columns > 0) {
      multiply(words, rows, part.gate, part.activation, hidden_);
      multiply(words, rows, part.inner, Finish::gated, hidden_);
    } else {
      multiply(words, rows, part.inner, part.activation, hidden_);
    }
    kernels_.to_words[precision()](hidden_, rows, parameters_.shape.d_feed_forward, hidden_words_);
    multiply(hidden_words_, rows, part.outer, Finish::none, added_.from(first));
  }
  has_added_ = true;
}

}  // namespace mynah::packed
