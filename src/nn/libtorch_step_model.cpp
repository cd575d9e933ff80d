#include "nn/libtorch_step_model.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.h"
#include "nn/top_candidates.h"

namespace mynah::nn {
namespace {

Tensor to_tensor(const std::vector<std::int64_t>& values, at::Device device) { return at::tensor(values, at::kLong).to(device); }

}  // namespace

void LibtorchStepModel::advance(std::span<const search::Continuation> continuations,
                                std::span<const search::Admission> admissions) {
  const c10::InferenceMode inference;
  ensure(static_cast<int>(continuations.size() + admissions.size()) <= capacity_,
         "no more rows than the step model was made for");
  tokens_.clear();
  go_on(continuations);
  if (!admissions.empty()) admit(admissions);
  if (!state_) return;
  Tensor logits = network_->step(*state_, to_tensor(tokens_, device_));
  keep_to_shortlists(logits);
  scores_ = logits.log_softmax(-1, at::kFloat);
}

void LibtorchStepModel::go_on(std::span<const search::Continuation> continuations) {
  std::vector<std::int64_t> parents;
  std::vector<Tensor> allowed;
  for (const auto& [parent, token] : continuations) {
    ensure(parent >= 0 && parent < rows(), "every parent is a row");
    parents.push_back(parent);
    tokens_.push_back(token);
    allowed.push_back(allowed_[static_cast<std::size_t>(parent)]);
  }
  allowed_ = std::move(allowed);
  if (parents.empty()) return state_.reset();
  state_->reorder(parents);
}

/// New rows read all but the last token of start and prefix here, and the last together with the rows that go on.
void LibtorchStepModel::admit(std::span<const search::Admission> admissions) {
  std::vector<std::span<const TokenId>> sources;
  std::vector<std::vector<TokenId>> beginnings;
  for (const auto& [source, prefix, allowed] : admissions) {
    sources.push_back(source);
    std::vector<TokenId> beginning = {pad_};
    beginning.insert(beginning.end(), prefix.begin(), prefix.end());
    tokens_.push_back(beginning.back());
    beginning.pop_back();
    beginnings.push_back(std::move(beginning));
    const std::vector<std::int64_t> ids(allowed.begin(), allowed.end());
    allowed_.push_back(ids.empty() ? Tensor() : to_tensor(ids, device_));
  }
  auto admitted = network_->start(*network_->encode(pad_rows(sources, pad_, device_)));
  const Padded beginning = pad_rows(beginnings, pad_, device_);
  if (beginning.ids.size(1) > 0) network_->read(*admitted, beginning);
  if (state_) {
    state_->append(*admitted);
  } else {
    state_ = std::move(admitted);
  }
}

void LibtorchStepModel::keep_to_shortlists(Tensor& logits) const {
  for (std::size_t row = 0; row < allowed_.size(); ++row) {
    if (!allowed_[row].defined()) continue;
    Tensor all = logits.select(0, static_cast<std::int64_t>(row));
    const Tensor kept = all.index_select(0, allowed_[row]);
    all.fill_(-std::numeric_limits<double>::infinity());
    all.index_copy_(0, allowed_[row], kept);
  }
}

void LibtorchStepModel::top(int count, std::span<const std::span<const TokenId>> forbidden,
                            std::span<search::Candidate> candidates) {
  const c10::InferenceMode inference;
  ensure(candidates.size() == static_cast<std::size_t>(count) * static_cast<std::size_t>(rows()), "room for every candidate");
  std::vector<std::int64_t> at_row, ids;
  for (std::size_t row = 0; row < forbidden.size(); ++row) {
    at_row.insert(at_row.end(), forbidden[row].size(), static_cast<std::int64_t>(row));
    ids.insert(ids.end(), forbidden[row].begin(), forbidden[row].end());
  }
  if (rows() == 0) return;
  Tensor scores = scores_;
  if (!ids.empty()) {
    const Tensor never = at::scalar_tensor(-std::numeric_limits<float>::infinity(), scores.options());
    scores = scores.index_put({to_tensor(at_row, device_), to_tensor(ids, device_)}, never);
  }
  top_candidates(scores, count, candidates);
}

void LibtorchStepModel::named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) {
  const c10::InferenceMode inference;
  const std::vector<std::int64_t> ids(tokens.begin(), tokens.end());
  const Tensor chosen = scores_.select(0, row).index_select(0, to_tensor(ids, device_)).to(at::kCPU);
  std::copy_n(chosen.const_data_ptr<float>(), ids.size(), log_probabilities.begin());
}

void LibtorchStepModel::all(std::span<float> log_probabilities) {
  const c10::InferenceMode inference;
  if (rows() == 0) return;
  const Tensor scores = scores_.to(at::kCPU).contiguous();
  ensure(log_probabilities.size() == static_cast<std::size_t>(scores.numel()), "room for every log-probability");
  std::copy_n(scores.const_data_ptr<float>(), log_probabilities.size(), log_probabilities.begin());
}

}  // namespace mynah::nn
