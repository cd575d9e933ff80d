#include "documents/term_vectors.h"

#include <algorithm>
#include <cmath>

namespace mynah::documents {

TermVectors::Sparse TermVectors::count(std::span<const std::vector<TermId>> texts) {
  Sparse rows;
  rows.begins = {0};
  for (const std::vector<TermId>& text : texts) {
    std::vector<TermId> sorted = text;
    std::ranges::sort(sorted);
    for (auto term = sorted.begin(); term != sorted.end();) {
      const auto next = std::upper_bound(term, sorted.end(), *term);
      rows.entries.push_back({*term, static_cast<float>(next - term)});
      term = next;
    }
    rows.begins.push_back(rows.entries.size());
  }
  return rows;
}

TermVectors::Sparse TermVectors::transposed(const Sparse& rows, std::size_t columns) {
  Sparse result;
  result.begins.resize(columns + 1);
  for (const Entry& entry : rows.entries) ++result.begins[entry.index + 1];
  for (std::size_t column = 0; column < columns; ++column) result.begins[column + 1] += result.begins[column];
  result.entries.resize(rows.entries.size());
  std::vector<std::size_t> next(result.begins.begin(), result.begins.end() - 1);
  for (std::size_t row = 0; row + 1 < rows.begins.size(); ++row) {
    for (const Entry& entry : rows[row]) result.entries[next[entry.index]++] = {static_cast<std::uint32_t>(row), entry.weight};
  }
  return result;
}

TermVectors::TermVectors(std::span<const std::vector<TermId>> texts, std::size_t terms) : rows_(count(texts)), rarity_(terms) {
  std::vector<std::size_t> having(terms);
  for (const Entry& entry : rows_.entries) ++having[entry.index];
  for (std::size_t term = 0; term < terms; ++term) {
    const auto with = static_cast<double>(having[term]), without = static_cast<double>(texts.size()) - with;
    rarity_[term] = static_cast<float>(std::log(1 + (without + 0.5) / (with + 0.5)));
  }
  for (std::size_t text = 0; text < texts.size(); ++text) {
    weigh(std::span(rows_.entries).subspan(rows_.begins[text], rows_.begins[text + 1] - rows_.begins[text]));
  }
  columns_ = transposed(rows_, terms);
}

void TermVectors::weigh(std::span<Entry> row) const {
  float square = 0;
  for (Entry& entry : row) {
    entry.weight *= rarity_[entry.index];
    square += entry.weight * entry.weight;
  }
  for (Entry& entry : row) entry.weight /= std::sqrt(square);
}

std::vector<double> TermVectors::similarities_to(std::span<const Entry> row) const {
  std::vector<double> result(size());
  for (const Entry& entry : row) {
    for (const Entry& other : columns_[entry.index]) result[other.index] += static_cast<double>(entry.weight * other.weight);
  }
  return result;
}

std::vector<double> TermVectors::similarities(std::size_t text) const { return similarities_to(rows_[text]); }

std::vector<double> TermVectors::similarities(std::span<const TermId> terms) const {
  const std::vector<std::vector<TermId>> texts{{terms.begin(), terms.end()}};
  Sparse row = count(texts);
  weigh(row.entries);
  return similarities_to(row.entries);
}

std::vector<double> TermVectors::multiply(std::span<const double> values) const {
  std::vector<double> sums(rarity_.size()), result(size());
  for (std::size_t text = 0; text < size(); ++text) {
    for (const Entry& entry : rows_[text]) sums[entry.index] += values[text] * static_cast<double>(entry.weight);
  }
  for (std::size_t text = 0; text < size(); ++text) {
    for (const Entry& entry : rows_[text]) result[text] += sums[entry.index] * static_cast<double>(entry.weight);
  }
  return result;
}

}  // namespace mynah::documents
