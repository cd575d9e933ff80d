// The best next tokens of every row, picked where the scores are: only these leave the device.
#pragma once
#include <span>

#include "nn/tensor.h"
#include "search/step_model.h"

namespace mynah::nn {

/// Fills `candidates`, row-major [rows, count], from `scores` [rows, vocabulary] float32, best first, equal scores by smaller id.
/// A score of −infinity is no candidate; where fewer than `count` are left, the rest are {-1, −infinity}.
void top_candidates(const Tensor& scores, int count, std::span<search::Candidate> candidates);

/// What top_candidates() does on other devices than the CPU; the same result.
void top_candidates_by_sorting(const Tensor& scores, int count, std::span<search::Candidate> candidates);

}  // namespace mynah::nn
