// The network on several threads: replicas that share their weights, each learning from its share of the rows.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "corpus/batch_stream.h"
#include "nn/sequence_model.h"
#include "training/flat_parameters.h"
#include "training/team.h"

namespace mynah::training {

struct ReplicaOptions {
  nn::LossOptions loss{};
  TokenId pad = 0;
  std::uint64_t seed = 1;  // of dropout: masks are a function of (seed, update, replica, batch)
  bool bfloat16 = false;
  int pieces = 1;  // each share is learnt in so many pieces; grows when memory runs out
};

/// Sums over the target tokens of an update, on the device.
struct LossSums {
  nn::Tensor minimised, cross_entropy;
};

class Replicas {
 public:
  /// `networks` are alike and on one device; the first one's values are kept.
  Replicas(std::vector<std::shared_ptr<nn::SequenceModel>> networks, const ReplicaOptions& options, const Log& log);

  /// Adds the gradient of Σ loss / Σ tokens over the batches to the replicas' gradients. When memory runs out the update is done
  /// again in twice as many pieces, and that is said; throws Error when single rows do not fit either.
  LossSums learn(const std::vector<corpus::Batch>& batches, std::int64_t update);
  /// Mean cross-entropy per target token, unsmoothed, without dropout, in nats.
  double evaluate(const std::vector<corpus::Batch>& batches);

  Team& team() { return team_; }
  const std::shared_ptr<nn::SequenceModel>& network() const { return networks_[0]; }
  const FlatParameters& parameters() const { return parameters_[0]; }
  const std::vector<nn::Tensor>& gradients() const { return gradients_; }
  int pieces() const { return options_.pieces; }
  /// Dropout on (training) or off.
  void train(bool on);

 private:
  LossSums learn_share(const std::vector<corpus::Batch>& batches, std::int64_t update, int member, std::int64_t tokens);
  nn::Loss loss_of(const corpus::Batch& batch, std::size_t begin, std::size_t end, int member, const nn::LossOptions& options);
  void split_further(const std::vector<corpus::Batch>& batches);

  std::vector<std::shared_ptr<nn::SequenceModel>> networks_;
  std::vector<FlatParameters> parameters_;
  std::vector<nn::Tensor> gradients_;
  ReplicaOptions options_;
  Log log_;
  at::Device device_;
  Team team_;
};

}  // namespace mynah::training
