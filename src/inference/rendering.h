// How generated lines are shown: plain, n-best in Marian's form, JSON.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/generated.h"
#include "inference/translate_options.h"

namespace mynah::inference {

/// The best `count` candidates of a whole line: combinations of its sentences' candidates, by the sum of their scores. Pieces of
/// alignments count through the line. A blank line has one empty candidate.
std::vector<Candidate> line_candidates(const Generated& line, std::size_t count);

/// What is written for a line, line breaks included: one line, but one for each candidate with --n-best.
std::string rendered(const Generated& line, const TranslateOptions& options);

/// Pair number `line` scored with --score-only.
std::string rendered_score(std::uint64_t line, const Part& pair, const TranslateOptions& options);

}  // namespace mynah::inference
