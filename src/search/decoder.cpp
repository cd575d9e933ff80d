#include "search/decoder.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.h"
#include "search/beam_search.h"
#include "search/candidates.h"
#include "search/sampling.h"

namespace mynah::search {
namespace {

using Searches = std::vector<std::unique_ptr<SentenceSearch>>;

std::unique_ptr<SentenceSearch> make_search(Request request, const SearchOptions& otherwise, const SpecialIds& ids) {
  const SearchOptions& options = request.options == nullptr ? otherwise : *request.options;
  if (options.sample) return std::make_unique<Sampling>(std::move(request), options, ids);
  return std::make_unique<BeamSearch>(std::move(request), options, ids);
}

/// Waiting sentences on their way to free rows.
class Entrance {
 public:
  Entrance(int capacity, const SearchOptions& options, const SpecialIds& ids, const std::function<std::optional<Request>()>& next,
           const std::function<void(Result)>& done)
      : capacity_(capacity), options_(options), ids_(ids), next_(next), done_(done) {}

  /// As many as fit. One that is over before it began (no room for a token) never takes a row.
  Searches admit(int rows) {
    Searches admitted;
    while (rows > 0) {
      if (!first_ && !take_next()) break;
      if (rows_per_sentence(first_->options()) > rows) break;
      rows -= rows_per_sentence(first_->options());
      admitted.push_back(std::move(first_));
    }
    return admitted;
  }

 private:
  bool take_next() {
    while (std::optional<Request> request = next_()) {
      first_ = make_search(*std::move(request), options_, ids_);
      ensure(rows_per_sentence(first_->options()) <= capacity_, "the step model has rows for any one sentence");
      if (!first_->paths().empty()) return true;
      done_(first_->take_result());
    }
    first_.reset();
    return false;
  }

  int capacity_;  // in rows
  const SearchOptions& options_;
  const SpecialIds& ids_;
  const std::function<std::optional<Request>()>& next_;
  const std::function<void(Result)>& done_;
  std::unique_ptr<SentenceSearch> first_;  // waits until it fits
};

int rows_of(const Searches& live) {
  int rows = 0;
  for (const auto& search : live) rows += rows_per_sentence(search->options());
  return rows;
}

std::vector<Admission> admissions_of(const Searches& admitted) {
  std::vector<Admission> admissions;
  for (const auto& search : admitted) {
    const Request& request = search->request();
    admissions.push_back({request.source, request.prefix, request.allowed});
  }
  return admissions;
}

/// Takes one step in every sentence and gives the continuations that the model is to advance by; sentences that are over leave.
std::vector<Continuation> step(Searches& live, Candidates& candidates, const std::function<void(Result)>& done) {
  std::vector<Candidates::Row> rows_of_model;
  for (const auto& search : live) {
    for (const Path& path : search->paths()) rows_of_model.push_back({path.tokens, &search->options()});
  }
  std::span<const Candidate> waiting = candidates.of(rows_of_model);
  std::vector<Continuation> continuations;
  std::size_t row = 0;
  for (const auto& search : live) {
    const std::size_t rows = search->paths().size();
    search->step(waiting.first(rows * candidates.per_row()));
    waiting = waiting.subspan(rows * candidates.per_row());
    for (std::size_t path = 0; path < search->paths().size(); ++path) {
      const auto parent = static_cast<std::int32_t>(row) + search->parents()[path];
      continuations.push_back({parent, search->paths()[path].tokens.back()});
    }
    row += rows;
    if (search->paths().empty()) done(search->take_result());
  }
  std::erase_if(live, [](const auto& search) { return search->paths().empty(); });
  return continuations;
}

}  // namespace

int rows_per_sentence(const SearchOptions& options) { return options.sample ? options.n_best : options.beam; }

int length_limit(const SearchOptions& options, std::size_t source_length) {
  const double by_source = options.max_length_factor * static_cast<double>(source_length) + options.max_length_offset;
  return std::max(1, static_cast<int>(std::min(static_cast<double>(options.max_length), std::floor(by_source))));
}

void decode(StepModel& model, const SearchOptions& options, const SpecialIds& ids,
            const std::function<std::optional<Request>()>& next, const std::function<void(Result)>& done) {
  model.advance({}, {});
  const int capacity = model.free_rows();
  const int least_taken = model.refills() ? (capacity + 1) / 2 : capacity;  // several sentences are encoded faster together
  Candidates candidates(model, ids);
  Entrance entrance(capacity, options, ids, next, done);
  Searches live;
  std::vector<Continuation> continuations;
  while (true) {
    const int free = capacity - rows_of(live);
    Searches admitted = entrance.admit(free >= least_taken ? free : 0);
    const std::vector<Admission> admissions = admissions_of(admitted);
    std::ranges::move(admitted, std::back_inserter(live));
    if (live.empty()) break;
    model.advance(continuations, admissions);
    continuations = step(live, candidates, done);
  }
  model.advance({}, {});
}

}  // namespace mynah::search
