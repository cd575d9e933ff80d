#include "training/replicas.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <new>

#include "base/error.h"
#include "base/random.h"
#include "training/hardware.h"
#include "training/rows.h"

namespace mynah::training {

using corpus::Batch;
using nn::Tensor;

namespace {

std::int64_t target_tokens(const std::vector<Batch>& batches) {
  std::int64_t tokens = 0;
  for (const Batch& batch : batches) tokens += batch.target_tokens();
  return tokens;
}

bool is_out_of_memory(const std::exception& error) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr) return true;
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
  return std::string_view(error.what()).find("can't allocate memory") != std::string_view::npos;  // LibTorch's CPU allocator
}

}  // namespace

Replicas::Replicas(std::vector<std::shared_ptr<nn::SequenceModel>> networks, const ReplicaOptions& options, const Log& log)
    : networks_(std::move(networks)),
      options_(options),
      log_(log),
      device_(networks_.at(0)->parameters().at(0).device()),
      team_(static_cast<int>(networks_.size())) {
  parameters_.emplace_back(*networks_[0]);
  for (std::size_t replica = 1; replica < networks_.size(); ++replica) {
    parameters_.emplace_back(*networks_[replica], parameters_[0]);
  }
  for (const FlatParameters& parameters : parameters_) gradients_.push_back(parameters.gradients());
}

LossSums Replicas::learn(const std::vector<Batch>& batches, std::int64_t update) {
  const std::int64_t tokens = target_tokens(batches);
  std::vector<LossSums> shares(networks_.size());
  while (true) {
    std::atomic<bool> out_of_memory = false;
    team_.run([&](int member) {
      try {
        shares[static_cast<std::size_t>(member)] = learn_share(batches, update, member, tokens);
      } catch (const std::exception& error) {
        if (!is_out_of_memory(error)) throw;
        out_of_memory = true;
      }
    });
    if (!out_of_memory) break;
    split_further(batches);
  }
  LossSums sums = shares[0];
  for (std::size_t replica = 1; replica < shares.size(); ++replica) {
    sums.minimised += shares[replica].minimised;
    sums.cross_entropy += shares[replica].cross_entropy;
  }
  return sums;
}

LossSums Replicas::learn_share(const std::vector<Batch>& batches, std::int64_t update, int member, std::int64_t tokens) {
  const auto scalar = at::TensorOptions(at::kFloat).device(device_);
  LossSums sums{at::zeros({}, scalar), at::zeros({}, scalar)};
  std::uint64_t passes = 0;
  for (const Batch& batch : batches) {
    const RowRange share = share_out(batch, {0, batch.target.size()}, team_.size())[static_cast<std::size_t>(member)];
    for (const RowRange piece : share_out(batch, share, options_.pieces)) {
      if (piece.size() == 0) continue;
      Random seeds(options_.seed, mix64(static_cast<std::uint64_t>(update)) + static_cast<std::uint64_t>(member), passes++);
      networks_[static_cast<std::size_t>(member)]->seed_dropout(seeds());
      const nn::Loss loss = loss_of(batch, piece.begin, piece.end, member, options_.loss);
      (loss.total / static_cast<double>(tokens)).backward();
      sums.minimised += loss.total.detach();
      sums.cross_entropy += loss.cross_entropy;
    }
  }
  return sums;
}

nn::Loss Replicas::loss_of(const Batch& batch, std::size_t begin, std::size_t end, int member, const nn::LossOptions& options) {
  const auto rows = [&](const std::vector<std::vector<TokenId>>& side) {
    return nn::pad_rows(std::span(side).subspan(begin, end - begin), options_.pad, device_);
  };
  nn::SequenceModel& network = *networks_[static_cast<std::size_t>(member)];
  const Bfloat16 precision(options_.bfloat16, device_.type());
  return network.loss(*network.encode(rows(batch.source)), rows(batch.target), options);
}

void Replicas::split_further(const std::vector<Batch>& batches) {
  std::size_t most_rows = 0;
  for (const Batch& batch : batches) most_rows = std::max(most_rows, batch.target.size());
  if (static_cast<std::size_t>(options_.pieces) >= most_rows) {
    throw Error(
        "training ran out of memory even with one pair of sentences at a time; a smaller network (--task, --dim-emb), a "
        "smaller --max-length or a device with more memory would help");
  }
  options_.pieces *= 2;
  for (Tensor& gradient : gradients_) gradient.zero_();
  log_.warning(concat("Memory ran out: from here on every batch is learnt in ", options_.pieces, " pieces, one after the other"));
}

double Replicas::evaluate(const std::vector<Batch>& batches) {
  std::vector<double> sums(batches.size());
  team_.run([&](int member) {
    const at::NoGradGuard no_gradient;
    for (auto index = static_cast<std::size_t>(member); index < batches.size(); index += networks_.size()) {
      const Batch& batch = batches[index];
      sums[index] = loss_of(batch, 0, batch.target.size(), member, {.label_smoothing = 0}).cross_entropy.item<double>();
    }
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total / static_cast<double>(target_tokens(batches));
}

void Replicas::train(bool on) {
  for (const auto& network : networks_) network->train(on);
}

}  // namespace mynah::training
