// One sentence being decoded: its open paths, one per row, and its finished hypotheses. Beam search and sampling derive from it.
#pragma once
#include <span>
#include <vector>

#include "search/hypothesis.h"
#include "search/search_options.h"
#include "search/step_model.h"

namespace mynah::search {

/// A target in the making.
struct Path {
  std::vector<TokenId> tokens;           // prefix included
  std::vector<float> log_probabilities;  // of each token; 0 in the prefix
  double total = 0;                      // their sum
};

/// The search for one request. Starts with one path (the prefix), which stands on one row.
class SentenceSearch {
 public:
  SentenceSearch(Request request, const SearchOptions& options, const SpecialIds& ids);
  virtual ~SentenceSearch() = default;

  const Request& request() const { return request_; }
  const SearchOptions& options() const { return options_; }
  /// The open paths, in the order of their rows. None: the search is over.
  std::span<const Path> paths() const { return paths_; }
  /// For each open path the place of the path it continues, among those open before the last step.
  std::span<const int> parents() const { return parents_; }

  /// Takes one more token: `candidates` is row-major [paths, candidates per path]; those without a finite log-probability do not
  /// count.
  void step(std::span<const Candidate> candidates);
  /// What was found, once the search is over; the search is empty afterwards.
  Result take_result();

 protected:
  /// Chooses among the candidates: calls open() and finish().
  virtual void choose(std::span<const Path> paths, std::span<const Candidate> candidates) = 0;
  /// Whether the open paths cannot change the result any more.
  virtual bool settled() const { return false; }

  /// Continues `paths[parent]` with a token.
  void open(std::span<const Path> paths, int parent, const Candidate& candidate);
  /// Ends a path with `</s>`.
  void finish(const Path& path, float log_probability, bool complete);

  /// The score of a path of this sum and length, `</s>` counted and the prefix not.
  double normalised(double total, std::size_t length) const;
  const SpecialIds& ids() const { return ids_; }
  /// The finished ones, best first; of equal scores the earlier first.
  std::span<const Hypothesis> finished() const { return finished_; }
  std::size_t generated(const Path& path) const { return path.tokens.size() - request_.prefix.size(); }
  std::size_t longest() const { return limit_ - request_.prefix.size(); }

 private:
  void end_at_limit();

  Request request_;
  const SearchOptions& options_;
  SpecialIds ids_;
  std::size_t limit_;  // ids of a target, prefix and `</s>` included
  std::vector<Path> paths_;
  std::vector<int> parents_;
  std::vector<Hypothesis> finished_;
};

}  // namespace mynah::search
