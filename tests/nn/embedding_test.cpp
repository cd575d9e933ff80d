#include "nn/embedding.h"

#include <cmath>

#include "nn/positions.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

constexpr std::int64_t kVocabulary = 10, kFeatures = 6, kTable = 4;

Embedding random_embedding() {
  Embedding embedding(kVocabulary, kFeatures, kTable);
  const at::NoGradGuard no_gradient;
  for (auto& parameter : embedding->parameters()) parameter.normal_()[-1].zero_();
  return embedding;
}

TEST(Embedding, ScalesAndAddsPositions) {
  Embedding embedding = random_embedding();
  const std::vector<std::int64_t> ids = {3, 9, 0, 1, 2, 3}, places = {0, 1, 2, 0, 1, 3};
  DropoutPass none;
  const Tensor x = embedding->forward(at::tensor(ids), at::tensor(places), none);
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const Tensor word = embedding->weight()[ids[row]] * std::sqrt(6.0);
    expect_close(x[static_cast<std::int64_t>(row)], word + positions(places[row], 1, kFeatures)[0], 1e-6);
  }
}

TEST(Embedding, TakesRowsOfAnyShape) {
  Embedding embedding = random_embedding();
  DropoutPass none;
  const Tensor ids = at::tensor({3, 9, 0, 1, 2, 3}, at::kLong), places = at::tensor({0, 1, 2, 0, 1, 2}, at::kLong);
  expect_close(embedding->forward(ids.view({2, 3}), places.view({2, 3}), none),
               embedding->forward(ids, places, none).view({2, 3, kFeatures}), 1e-6);
}

TEST(Embedding, PositionsBeyondTheTableAreComputed) {
  Embedding embedding = random_embedding();
  DropoutPass none;
  const Tensor x = embedding->forward(at::full({9}, 9, at::kLong), at::arange(9, at::kLong), none);  // `<pad>`: positions alone
  expect_close(x, positions(0, 9, kFeatures), 1e-6);
}

TEST(Embedding, LogitsMultiplyWithTheTableAndShutPadOut) {
  Embedding embedding = random_embedding();
  const Tensor states = at::randn({2, 3, kFeatures}), bias = at::randn({kVocabulary});
  const Tensor logits = embedding->logits(states, bias);
  EXPECT_TRUE((logits.select(-1, kVocabulary - 1) == -INFINITY).all().item<bool>());
  const Tensor expected = at::matmul(states, embedding->weight().t()) + bias;
  expect_close(logits.narrow(-1, 0, kVocabulary - 1), expected.narrow(-1, 0, kVocabulary - 1));
}

TEST(Embedding, PadTakesNoGradient) {
  Embedding embedding = random_embedding();
  DropoutPass none;
  const Tensor bias = at::zeros({kVocabulary});
  const Tensor x = embedding->forward(at::tensor({9, 1, 9, 2}, at::kLong), at::arange(4, at::kLong), none);
  (x.sum() + embedding->logits(x, bias).narrow(-1, 0, kVocabulary - 1).pow(2).sum()).backward();
  const Tensor gradient = embedding->weight().grad();
  EXPECT_TRUE((gradient[kVocabulary - 1] == 0).all().item<bool>());
  EXPECT_GT(gradient[1].abs().sum().item<double>(), 0);
}

TEST(Embedding, DropoutFollowsThePass) {
  Embedding embedding = random_embedding();
  const Tensor ids = at::full({50}, 9, at::kLong), places = at::arange(50, at::kLong);
  const Dropout rates = {0.5, 0, 0};
  DropoutPass first(rates, 1), again(rates, 1), other(rates, 2);
  const Tensor x = embedding->forward(ids, places, first);
  EXPECT_TRUE(at::equal(x, embedding->forward(ids, places, again)));
  EXPECT_FALSE(at::equal(x, embedding->forward(ids, places, other)));
}

}  // namespace
}  // namespace mynah::nn
