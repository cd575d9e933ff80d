// Texts as vectors of weighted terms, so sparse that whole books are compared with themselves in seconds.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "documents/words.h"

namespace mynah::documents {

/// TF-IDF vectors of length 1, one for each text; a text without terms is the zero vector. The similarity of two texts is the
/// cosine between their vectors; the matrix of all similarities is only ever multiplied with, never formed.
class TermVectors {
 public:
  /// Term ids lie below `terms`. A term's weight falls with the number of texts that have it (Robertson and Sparck Jones' IDF,
  /// kept positive).
  TermVectors(std::span<const std::vector<TermId>> texts, std::size_t terms);

  std::size_t size() const { return rows_.begins.size() - 1; }
  /// Similarities of one of the texts to all.
  std::vector<double> similarities(std::size_t text) const;
  /// Similarities of other terms to all texts.
  std::vector<double> similarities(std::span<const TermId> terms) const;
  /// The matrix of all similarities times `values`, one for each text.
  std::vector<double> multiply(std::span<const double> values) const;

 private:
  struct Entry {
    std::uint32_t index;  // of the term in a row, of the text in a column
    float weight;
  };
  struct Sparse {
    std::vector<std::size_t> begins;  // of each row or column, and the end
    std::vector<Entry> entries;
    std::span<const Entry> operator[](std::size_t i) const {
      return std::span(entries).subspan(begins[i], begins[i + 1] - begins[i]);
    }
  };
  static Sparse count(std::span<const std::vector<TermId>> texts);
  static Sparse transposed(const Sparse& rows, std::size_t columns);
  void weigh(std::span<Entry> row) const;
  std::vector<double> similarities_to(std::span<const Entry> row) const;

  Sparse rows_, columns_;
  std::vector<float> rarity_;  // of each term
};

}  // namespace mynah::documents
