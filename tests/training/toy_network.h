// A network of a few numbers: fast, exact, and able to run out of memory.
#pragma once
#include <ATen/ATen.h>

#include <stdexcept>

#include "corpus/batch_stream.h"
#include "nn/sequence_model.h"

namespace mynah::training {

/// Every target token costs (table[token] · direction − 1)², every dropout seed adds nothing; the gradient is easy to see
/// through.
class ToyNetwork final : public nn::SequenceModel {
 public:
  explicit ToyNetwork(int vocabulary = 12) {
    bias_ = register_parameter("bias", at::linspace(-0.5, 0.5, 3));
    table_ = register_parameter("table", at::linspace(-1, 1, vocabulary * 3).reshape({vocabulary, 3}));
    direction_ = register_parameter("direction", at::linspace(0.1, 0.7, 3).reshape({3, 1}));
  }

  std::int64_t most_rows = 1000;  // more than this at once: out of memory
  std::vector<std::uint64_t> seeds;

  std::unique_ptr<nn::Memory> encode(const nn::Padded& source) override {
    if (source.ids.size(0) > most_rows) throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "the toy is full");
    return std::make_unique<nn::Memory>();
  }
  nn::Loss loss(const nn::Memory&, const nn::Padded& target, const nn::LossOptions&) override {
    nn::Loss loss;
    nn::Tensor total = at::zeros({});
    for (std::int64_t row = 0; row < target.ids.size(0); ++row) {
      const auto ids = target.ids[row].narrow(0, 0, target.lengths[row].item<std::int64_t>());
      total = total + ((table_.index_select(0, ids) + bias_).matmul(direction_) - 1).square().sum();
      loss.tokens += ids.numel();
    }
    loss.total = total;
    loss.cross_entropy = total.detach();
    return loss;
  }
  void seed_dropout(std::uint64_t seed) override { seeds.push_back(seed); }

  nn::Tensor log_probabilities(const nn::Memory&, const nn::Padded&) override { throw std::logic_error("not asked for"); }
  nn::Inside inside(const nn::Memory&, const nn::Padded&) override { throw std::logic_error("not asked for"); }
  std::unique_ptr<nn::State> start(const nn::Memory&) override { throw std::logic_error("not asked for"); }
  void read(nn::State&, const nn::Padded&) override { throw std::logic_error("not asked for"); }
  nn::Tensor step(nn::State&, const nn::Tensor&) override { throw std::logic_error("not asked for"); }

 private:
  nn::Tensor bias_, table_, direction_;
};

inline corpus::Batch toy_batch(std::initializer_list<std::vector<TokenId>> targets) {
  corpus::Batch batch;
  for (const auto& target : targets) {
    batch.source.push_back({5, 0});
    batch.target.push_back(target);
  }
  return batch;
}

}  // namespace mynah::training
