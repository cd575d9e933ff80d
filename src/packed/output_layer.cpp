#include "packed/output_layer.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace mynah::packed {
namespace {

constexpr std::ptrdiff_t kMostListed = 64;  // candidates that are found while logits pass by; of more, whole rows are sorted
constexpr std::ptrdiff_t kWholeRows = 8 * kTileRows;
constexpr float kNever = -std::numeric_limits<float>::infinity();

/// Best first; equals by id.
bool better(const search::Candidate& a, const search::Candidate& b) {
  return std::tuple(-a.log_probability, a.token) < std::tuple(-b.log_probability, b.token);
}

/// The logits of a shortlist, in place: each goes to its token's column, which is never a lower one, the others become −infinity.
void spread(std::span<const std::int32_t> tokens, std::span<float> row) {
  std::fill(row.begin() + std::ssize(tokens), row.end(), kNever);
  for (std::size_t i = tokens.size(); i-- > 0;) row[static_cast<std::size_t>(tokens[i])] = std::exchange(row[i], kNever);
}

}  // namespace

OutputLayer::OutputLayer(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t rows, std::ptrdiff_t shortlist,
                         Arena& arena)
    : parameters_(parameters),
      kernels_(kernels),
      rows_(arena.take<OutputRow>(rows)),
      best_(arena.take<ScoredToken>(rows * kMostListed)),
      allowed_(parameters.embedding, rows, shortlist, arena),
      whole_rows_(arena.take<float>(kWholeRows * parameters.embedding.columns)) {}

std::size_t OutputLayer::together(const States& states, std::size_t first) const {
  const std::int32_t sentence = states.sentences[first];
  const auto goes_along = [&](std::int32_t other) {
    return allowed_.is_whole(sentence) ? allowed_.is_whole(other) : other == sentence;
  };
  const auto rest = states.sentences.subspan(first);
  return static_cast<std::size_t>(std::ranges::find_if_not(rest, goes_along) - rest.begin());
}

void OutputLayer::run(const States& states) {
  for (std::size_t first = 0, count = 0; first < states.sentences.size(); first += count) {
    count = together(states, first);
    const std::int32_t sentence = states.sentences[first];
    const auto row = static_cast<std::ptrdiff_t>(first);
    kernels_.output[static_cast<std::size_t>(parameters_.precision)](
        {.rows = states.words.from(row),
         .row_count = static_cast<std::ptrdiff_t>(count),
         .matrix = &allowed_.matrix(sentence),
         .tokens = allowed_.is_whole(sentence) ? nullptr : allowed_.columns(sentence).data(),
         .results = rows_ + row});
  }
}

void OutputLayer::top(const States& states, int count, std::span<const std::span<const TokenId>> forbidden,
                      std::span<search::Candidate> candidates) {
  const auto forbidden_in = [&](std::size_t row) { return row < forbidden.size() ? forbidden[row] : std::span<const TokenId>(); };
  const auto chosen_in = [&](std::size_t row) {
    return candidates.subspan(row * static_cast<std::size_t>(count), static_cast<std::size_t>(count));
  };
  if (count > kMostListed) {
    for (std::size_t row = 0; row < states.sentences.size(); ++row) {
      choose(whole_row(states, row), forbidden_in(row), chosen_in(row));
    }
    return;
  }
  for (std::size_t row = 0; row < states.sentences.size(); ++row) {
    const auto never = forbidden_in(row);
    rows_[row] = {.forbidden = never.data(),
                  .forbidden_count = std::ssize(never),
                  .best = best_ + static_cast<std::ptrdiff_t>(row) * kMostListed,
                  .best_count = count};
  }
  run(states);
  for (std::size_t row = 0; row < states.sentences.size(); ++row) {
    const auto chosen = chosen_in(row);
    std::ranges::fill(chosen, search::Candidate{-1, kNever});
    for (std::ptrdiff_t i = 0; i < rows_[row].found; ++i) {
      chosen[static_cast<std::size_t>(i)] = {rows_[row].best[i].token, rows_[row].best[i].logit - rows_[row].log_sum};
    }
    std::sort(chosen.begin(), chosen.begin() + rows_[row].found, better);
  }
}

void OutputLayer::choose(std::span<float> log_probabilities, std::span<const TokenId> forbidden,
                         std::span<search::Candidate> chosen) {
  for (const TokenId token : forbidden) log_probabilities[static_cast<std::size_t>(token)] = kNever;
  order_.resize(log_probabilities.size());
  std::iota(order_.begin(), order_.end(), TokenId{0});
  const auto at = [&](TokenId token) { return log_probabilities[static_cast<std::size_t>(token)]; };
  const auto first = std::min(chosen.size(), order_.size());
  std::partial_sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(first), order_.end(),
                    [&](TokenId a, TokenId b) { return std::tuple(-at(a), a) < std::tuple(-at(b), b); });
  std::ranges::fill(chosen, search::Candidate{-1, kNever});
  for (std::size_t i = 0; i < first && at(order_[i]) > kNever; ++i) chosen[i] = {order_[i], at(order_[i])};
}

void OutputLayer::named(const States& states, std::span<const TokenId> tokens, std::span<float> log_probabilities) {
  for (std::size_t row = 0; row < states.sentences.size(); ++row) rows_[row] = {.wanted = tokens[row]};
  run(states);
  for (std::size_t row = 0; row < states.sentences.size(); ++row) {
    log_probabilities[row] = rows_[row].wanted_logit - rows_[row].log_sum;
  }
}

std::span<float> OutputLayer::whole_rows(const States& states, std::size_t first, std::size_t count) {
  const std::int32_t sentence = states.sentences[first];
  const Matrix& matrix = allowed_.matrix(sentence);
  const std::ptrdiff_t columns = parameters_.embedding.columns;
  const auto start = static_cast<std::ptrdiff_t>(first);
  kernels_.linear[static_cast<std::size_t>(parameters_.precision)](
      {states.words.from(start), static_cast<std::ptrdiff_t>(count), &matrix, {whole_rows_, columns}});
  for (std::size_t row = 0; row < count; ++row) {
    float* logits = whole_rows_ + static_cast<std::ptrdiff_t>(row) * columns;
    kernels_.log_softmax(logits, matrix.columns);
    if (!allowed_.is_whole(sentence)) spread(allowed_.columns(sentence), {logits, static_cast<std::size_t>(columns)});
  }
  return {whole_rows_, count * static_cast<std::size_t>(columns)};
}

std::span<float> OutputLayer::whole_row(const States& states, std::size_t row) {
  return whole_rows(states, row, 1).first(static_cast<std::size_t>(vocabulary()));
}

void OutputLayer::all(const States& states, std::span<float> log_probabilities) {
  const auto width = static_cast<std::size_t>(vocabulary()), columns = static_cast<std::size_t>(parameters_.embedding.columns);
  ensure(log_probabilities.size() == states.sentences.size() * width, "room for every log-probability");
  for (std::size_t first = 0, count = 0; first < states.sentences.size(); first += count) {
    count = std::min<std::size_t>(kWholeRows, together(states, first));
    const std::span<const float> rows = whole_rows(states, first, count);
    for (std::size_t row = 0; row < count; ++row) {
      std::ranges::copy(rows.subspan(row * columns, width),
                        log_probabilities.begin() + static_cast<std::ptrdiff_t>((first + row) * width));
    }
  }
}

}  // namespace mynah::packed
