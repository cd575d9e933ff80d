#include "packed/output_layer.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

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

}  // namespace

OutputLayer::OutputLayer(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t rows, Arena& arena)
    : parameters_(parameters),
      kernels_(kernels),
      rows_(arena.take<OutputRow>(rows)),
      best_(arena.take<ScoredToken>(rows * kMostListed)),
      restricted_(arena.take<bool>(rows)),
      allowed_(arena.take<float>(rows * parameters.embedding.columns)),
      whole_rows_(arena.take<float>(kWholeRows * parameters.embedding.columns)) {}

void OutputLayer::allow(std::int32_t sentence, std::span<const TokenId> tokens) {
  restricted_[sentence] = !tokens.empty();
  if (tokens.empty()) return;
  float* bias = allowed_ + sentence * parameters_.embedding.columns;
  std::fill_n(bias, parameters_.embedding.columns, kNever);
  for (const TokenId token : tokens) bias[token] = parameters_.embedding.bias[token];
}

const float* OutputLayer::bias_of(std::int32_t sentence) const {
  return restricted_[sentence] ? allowed_ + sentence * parameters_.embedding.columns : parameters_.embedding.bias;
}

void OutputLayer::run(const States& states) {
  for (std::size_t row = 0; row < states.sentences.size(); ++row) rows_[row].bias = bias_of(states.sentences[row]);
  kernels_.output[static_cast<std::size_t>(parameters_.precision)](
      {states.words, std::ssize(states.sentences), &parameters_.embedding, rows_});
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
  const Matrix& table = parameters_.embedding;
  const auto start = static_cast<std::ptrdiff_t>(first);
  kernels_.linear[static_cast<std::size_t>(parameters_.precision)](
      {states.words.from(start), static_cast<std::ptrdiff_t>(count), &table, {whole_rows_, table.columns}});
  for (std::size_t row = 0; row < count; ++row) {
    float* logits = whole_rows_ + static_cast<std::ptrdiff_t>(row) * table.columns;
    const std::int32_t sentence = states.sentences[first + row];
    const float* bias = bias_of(sentence);
    for (std::ptrdiff_t i = 0; restricted_[sentence] && i < table.columns; ++i) logits[i] = bias[i] > kNever ? logits[i] : kNever;
    kernels_.log_softmax(logits, table.columns);
  }
  return {whole_rows_, count * static_cast<std::size_t>(table.columns)};
}

std::span<float> OutputLayer::whole_row(const States& states, std::size_t row) {
  return whole_rows(states, row, 1).first(static_cast<std::size_t>(vocabulary()));
}

void OutputLayer::all(const States& states, std::span<float> log_probabilities) {
  const auto width = static_cast<std::size_t>(vocabulary()), columns = static_cast<std::size_t>(parameters_.embedding.columns);
  ensure(log_probabilities.size() == states.sentences.size() * width, "room for every log-probability");
  for (std::size_t first = 0; first < states.sentences.size(); first += kWholeRows) {
    const std::size_t count = std::min<std::size_t>(kWholeRows, states.sentences.size() - first);
    const std::span<const float> rows = whole_rows(states, first, count);
    for (std::size_t row = 0; row < count; ++row) {
      std::ranges::copy(rows.subspan(row * columns, width),
                        log_probabilities.begin() + static_cast<std::ptrdiff_t>((first + row) * width));
    }
  }
}

}  // namespace mynah::packed
