// What a guarded decoder does about sentences whose first translation is doubtful.
#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "inference/guarded_decoder.h"

namespace mynah::inference {

/// The doubtful sentences of one call: looked at some at a time and, where that confirms the doubt, decoded again beside the
/// rest.
class GuardedDecoder::Doubts {
 public:
  /// All three must outlive it.
  Doubts(const GuardedDecoder& decoder, const std::function<std::optional<Job>()>& next,
         const std::function<void(const Job&, Decoded)>& done)
      : decoder_(decoder), next_(next), done_(done) {}

  /// What to decode now: second tries before sentences that are new.
  std::optional<Job> next();
  /// What came of it.
  void take(Job job, std::vector<Candidate> candidates);

 private:
  struct Attempt {
    Candidate candidate;
    Verdict verdict;
  };
  struct Doubt {
    Job job;
    std::vector<Candidate> candidates;
    std::vector<Attempt> attempts;         // the best of the candidates; the whole again; its halves joined
    std::array<Candidate, 2> halves = {};  // as far as they are there
    std::size_t open = 0;                  // tries under way
  };
  using Examined = std::pair<Doubt*, Attempt*>;

  void take_first(Job job, std::vector<Candidate> candidates);
  void look_closer();
  void take_second(const Job& job, Candidate candidate);
  void try_again(Doubt& doubt, Job job, std::size_t part);
  void compare();
  bool try_halves(Doubt& doubt);
  std::vector<Job> halves_of(const Job& job) const;
  Candidate joined(const Candidate& first, const Candidate& second) const;
  std::vector<TokenId> ids_of(const Candidate& candidate) const;
  void score(const search::ForcedPass& pass, const Job& job, Candidate& candidate) const;
  void examine(std::vector<Examined> attempts) const;
  void conclude(Doubt& doubt);

  const GuardedDecoder& decoder_;
  const std::function<std::optional<Job>()>& next_;
  const std::function<void(const Job&, Decoded)>& done_;
  std::unordered_map<std::uint64_t, Doubt> doubts_;  // by the job's number
  std::vector<Doubt*> doubtful_, tried_;             // to be looked at closer; with a new attempt
  std::deque<Job> again_;
};

}  // namespace mynah::inference
