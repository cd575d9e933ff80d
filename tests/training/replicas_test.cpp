#include "training/replicas.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "toy_network.h"

namespace mynah::training {
namespace {

struct Toys {
  explicit Toys(int count) {
    for (int index = 0; index < count; ++index) toys.push_back(std::make_shared<ToyNetwork>());
  }
  std::vector<std::shared_ptr<nn::SequenceModel>> networks() const { return {toys.begin(), toys.end()}; }
  std::vector<std::shared_ptr<ToyNetwork>> toys;
};

const std::vector<corpus::Batch> kBatches = {toy_batch({{1, 2, 0}, {3, 0}, {4, 5, 6, 0}, {7, 0}}), toy_batch({{8, 9, 0}})};

at::Tensor total_gradient(const Replicas& replicas) {
  at::Tensor total = replicas.gradients()[0].clone();
  for (std::size_t replica = 1; replica < replicas.gradients().size(); ++replica) total += replicas.gradients()[replica];
  return total;
}

TEST(Replicas, TogetherLearnWhatOneWouldLearn) {
  Toys alone(1), together(3);
  Replicas one(alone.networks(), {}, {}), three(together.networks(), {}, {});
  const LossSums expected = one.learn(kBatches, 1), sums = three.learn(kBatches, 1);
  EXPECT_NEAR(sums.minimised.item<double>(), expected.minimised.item<double>(), 1e-5);
  EXPECT_NEAR(sums.cross_entropy.item<double>(), expected.cross_entropy.item<double>(), 1e-5);
  EXPECT_TRUE(at::allclose(total_gradient(three), total_gradient(one), 1e-5, 1e-7));
}

TEST(Replicas, TheLossIsDividedByAllTokensOfTheUpdate) {
  Toys toys(2);
  Replicas replicas(toys.networks(), {}, {});
  const auto batch = toy_batch({{1, 2, 0}, {3, 0}});
  replicas.learn({batch, batch}, 1);
  const at::Tensor twice = total_gradient(replicas);
  for (at::Tensor gradient : replicas.gradients()) gradient.zero_();
  replicas.learn({batch}, 1);
  EXPECT_TRUE(at::allclose(twice, total_gradient(replicas), 1e-5, 1e-7));
}

TEST(Replicas, DropoutSeedsAreAFunctionOfSeedUpdateReplicaAndBatch) {
  const auto seeds = [](std::uint64_t seed, std::int64_t update) {
    Toys toys(2);
    Replicas replicas(toys.networks(), {.seed = seed}, {});
    replicas.learn(kBatches, update);
    std::vector<std::uint64_t> all = toys.toys[0]->seeds;
    all.insert(all.end(), toys.toys[1]->seeds.begin(), toys.toys[1]->seeds.end());
    return all;
  };
  const auto first = seeds(1, 7);
  EXPECT_EQ(first, seeds(1, 7));
  const auto other = seeds(1, 8), reseeded = seeds(2, 7);
  for (std::size_t pass = 0; pass < first.size(); ++pass) {
    EXPECT_NE(first[pass], other[pass]);
    EXPECT_NE(first[pass], reseeded[pass]);
    for (std::size_t earlier = 0; earlier < pass; ++earlier) EXPECT_NE(first[pass], first[earlier]);
  }
}

TEST(Replicas, WhenMemoryRunsOutTheUpdateIsDoneInPiecesAndThatIsSaid) {
  Toys plenty(2), tight(2);
  for (const auto& toy : tight.toys) toy->most_rows = 1;
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  Replicas expected(plenty.networks(), {}, {}), pieces(tight.networks(), {}, log);
  expected.learn(kBatches, 1);
  pieces.learn(kBatches, 1);
  EXPECT_TRUE(at::allclose(total_gradient(pieces), total_gradient(expected), 1e-5, 1e-7));
  EXPECT_GE(pieces.pieces(), 2);
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.front().find("pieces"), std::string::npos);
}

TEST(Replicas, WhenOneRowIsTooMuchThatIsAnError) {
  Toys toys(1);
  toys.toys[0]->most_rows = 0;
  Replicas replicas(toys.networks(), {}, {});
  EXPECT_THROW(replicas.learn(kBatches, 1), Error);
}

TEST(Replicas, OtherFailuresAreNotTakenForMemory) {
  Toys toys(2);
  Replicas replicas(toys.networks(), {}, {});
  EXPECT_ANY_THROW(replicas.learn({toy_batch({{99, 0}})}, 1));  // an id outside the table
}

TEST(Replicas, EvaluateIsTheMeanPerTokenWhateverTheNumberOfThreads) {
  Toys alone(1), together(2);
  Replicas one(alone.networks(), {}, {}), two(together.networks(), {}, {});
  const double mean = one.learn(kBatches, 1).cross_entropy.item<double>() / 14;
  EXPECT_NEAR(one.evaluate(kBatches), mean, 1e-6);
  EXPECT_EQ(one.evaluate(kBatches), two.evaluate(kBatches));
}

}  // namespace
}  // namespace mynah::training
