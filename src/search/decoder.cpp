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

/// Free places are filled when they are this share of all: taking sentences in makes a model copy what it keeps of its rows.
constexpr std::size_t kRefillShare = 8;

std::unique_ptr<SentenceSearch> make_search(Request request, const SearchOptions& options, const SpecialIds& ids) {
  if (options.sample) return std::make_unique<Sampling>(std::move(request), options, ids);
  return std::make_unique<BeamSearch>(std::move(request), options, ids);
}

/// Fills free places with waiting sentences. One that is over before it began (no room for a token) never takes a row.
Searches admit(std::size_t places, const SearchOptions& options, const SpecialIds& ids,
               const std::function<std::optional<Request>()>& next, const std::function<void(Result)>& done) {
  Searches admitted;
  while (admitted.size() < places) {
    std::optional<Request> request = next();
    if (!request) break;
    auto search = make_search(*std::move(request), options, ids);
    if (search->paths().empty()) {
      done(search->take_result());
    } else {
      admitted.push_back(std::move(search));
    }
  }
  return admitted;
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
  std::vector<std::span<const TokenId>> targets;
  for (const auto& search : live) {
    for (const Path& path : search->paths()) targets.emplace_back(path.tokens);
  }
  std::span<const Candidate> waiting = candidates.of(targets);
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
  const auto places = static_cast<std::size_t>(model.free_rows() / rows_per_sentence(options));
  ensure(places > 0, "the step model has rows for one sentence at least");
  Candidates candidates(model, options, ids);
  Searches live;
  std::vector<Continuation> continuations;
  while (true) {
    const std::size_t free = places - live.size();
    Searches admitted = admit(free >= places / kRefillShare ? free : 0, options, ids, next, done);
    const std::vector<Admission> admissions = admissions_of(admitted);
    std::ranges::move(admitted, std::back_inserter(live));
    if (live.empty()) break;
    model.advance(continuations, admissions);
    continuations = step(live, candidates, done);
  }
  model.advance({}, {});
}

}  // namespace mynah::search
