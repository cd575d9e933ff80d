#include "training/validation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <csignal>

#include "base/error.h"
#include "base/interrupt.h"
#include "metrics/metric.h"
#include "small_corpus.h"
#include "training/material.h"
#include "training/network_setup.h"

namespace mynah::training {
namespace {

struct Fixture {
  explicit Fixture(std::vector<std::string> metrics, int threads = 1) {
    options = small_run(folder.path());
    options.valid_metrics = std::move(metrics);
    options.threads = threads;
    material = prepare(options, std::nullopt, {}, nullptr);
    const model::Shape shape = shape_for(options, std::nullopt, material.tokenizers.vocabulary->size());
    replicas = std::make_unique<Replicas>(build_networks(options, shape, std::nullopt),
                                          ReplicaOptions{.pad = material.tokenizers.vocabulary->pad()}, Log());
  }
  Validation validation() const { return {material.validation, material.tokenizers, material.languages, options, {}}; }

  TemporaryFolder folder;
  TrainingOptions options;
  Material material;
  std::unique_ptr<Replicas> replicas;
};

TEST(Validation, AnUntrainedNetworkGuessesAboutUniformly) {
  Fixture fixture({"ce-mean-words", "perplexity"});
  const auto scores = fixture.validation().run(*fixture.replicas);
  ASSERT_TRUE(scores.has_value());
  EXPECT_NEAR(scores->at(0).second, std::log(331), 1.5);
  EXPECT_NEAR(scores->at(1).second, std::exp(scores->at(0).second), 1e-9);
}

TEST(Validation, DoesNotDependOnThreadsBatchesOrDropout) {
  Fixture one({"ce-mean-words", "chrf"}), two({"ce-mean-words", "chrf"}, 2);
  two.options.mini_batch_words = 40;
  const auto expected = one.validation().run(*one.replicas), scores = two.validation().run(*two.replicas);
  EXPECT_NEAR(expected->at(0).second, scores->at(0).second, 1e-5);
  EXPECT_EQ(expected->at(1).second, scores->at(1).second);
}

TEST(Validation, LeavesTheNetworkTraining) {
  Fixture fixture({"chrf"});
  fixture.validation().run(*fixture.replicas);
  EXPECT_TRUE(fixture.replicas->network()->is_training());
}

TEST(Validation, ASignalCutsItShort) {
  Fixture fixture({"ce-mean-words", "bleu"});
  catch_interrupts();
  std::raise(SIGTERM);
  EXPECT_FALSE(fixture.validation().run(*fixture.replicas).has_value());
  catch_interrupts();
  EXPECT_TRUE(fixture.validation().run(*fixture.replicas).has_value());
}

TEST(Validation, TextThatCannotBeScoredIsAnError) {
  Fixture fixture({"ce-mean-words"});
  fixture.material.validation = {{.source = "", .target = "ab", .line = 1}};
  EXPECT_THROW(fixture.validation(), Error);
}

}  // namespace
}  // namespace mynah::training
