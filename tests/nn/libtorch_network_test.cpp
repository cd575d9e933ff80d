#include "nn/libtorch_network.h"

#include <cmath>
#include <thread>

#include "plain_transformer.h"
#include "search/decoder.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

using search::Admission;
using search::Candidate;
using search::Continuation;
using Rows = std::vector<std::vector<TokenId>>;
using Prefixes = std::vector<TokenId>;

/// A network, its StepModel, and the log-probabilities that follow a source and a beginning by the full pass.
struct Scene {
  std::shared_ptr<SequenceModel> network = tiny_network();
  std::shared_ptr<search::Network> served = make_network(network, kPad);
  std::unique_ptr<search::StepModel> steps = served->step_model({8, 32, 32});
  Rows sources = random_rows({5, 2, 7}, 1);

  Tensor after(std::size_t source, std::vector<TokenId> beginning) const {
    const c10::InferenceMode inference;
    beginning.push_back(0);
    return network->log_probabilities(*network->encode(padded({sources[source]})), padded({beginning}))[0][-1];
  }
  Tensor all() const {
    Tensor rows = at::empty({steps->rows(), kPad + 1});
    steps->all({rows.mutable_data_ptr<float>(), static_cast<std::size_t>(rows.numel())});
    return rows;
  }
  Admission admission(std::size_t source, std::span<const TokenId> prefix = {}, std::span<const TokenId> allowed = {}) const {
    return {sources[source], prefix, allowed};
  }
  std::vector<Candidate> top(int count, const std::vector<std::vector<TokenId>>& forbidden) const {
    const std::vector<std::span<const TokenId>> spans(forbidden.begin(), forbidden.end());
    std::vector<Candidate> candidates(static_cast<std::size_t>(count * steps->rows()));
    steps->top(count, spans, candidates);
    return candidates;
  }
};

TEST(LibtorchNetwork, RowsGiveTheFullPassWhateverTheyWentThrough) {
  Scene scene;
  EXPECT_EQ(scene.steps->vocabulary(), kPad + 1);
  EXPECT_EQ(scene.steps->free_rows(), 8);
  const std::vector<TokenId> prefix = {3, 9, 4};
  scene.steps->advance({}, std::vector<Admission>{scene.admission(0), scene.admission(1, prefix)});
  expect_close(scene.all(), at::stack({scene.after(0, {}), scene.after(1, {3, 9, 4})}));
  EXPECT_EQ(scene.steps->free_rows(), 6);

  scene.steps->advance(std::vector<Continuation>{{1, 6}, {0, 2}, {0, 8}}, std::vector<Admission>{scene.admission(2)});
  expect_close(scene.all(),
               at::stack({scene.after(1, {3, 9, 4, 6}), scene.after(0, {2}), scene.after(0, {8}), scene.after(2, {})}));

  scene.steps->advance(std::vector<Continuation>{{3, 1}, {2, 5}}, {});
  expect_close(scene.all(), at::stack({scene.after(2, {1}), scene.after(0, {8, 5})}));
  EXPECT_EQ(scene.steps->rows(), 2);

  scene.steps->advance({}, {});
  EXPECT_EQ(scene.steps->rows(), 0);
  EXPECT_EQ(scene.steps->free_rows(), 8);

  const std::vector<TokenId> short_prefix = {7};
  scene.steps->advance({}, std::vector<Admission>{scene.admission(1, short_prefix)});
  expect_close(scene.all(), scene.after(1, {7}).unsqueeze(0));
}

TEST(LibtorchNetwork, TopIsTheBestWithoutPadAndForbidden) {
  Scene scene;
  scene.steps->advance({}, std::vector<Admission>{scene.admission(0), scene.admission(2)});
  const Tensor all = scene.all();
  EXPECT_TRUE((all.select(1, kPad) == -INFINITY).all().item<bool>());
  const auto best_id = static_cast<TokenId>(all[0].argmax().item<std::int64_t>());
  const std::vector<Candidate> candidates = scene.top(kPad + 1, {{best_id, 5}, {}});
  for (std::int64_t row = 0; row < 2; ++row) {
    const std::size_t begin = static_cast<std::size_t>(row) * (kPad + 1);
    const std::size_t listed = row == 0 ? kPad - (best_id == 5 ? 1 : 2) : kPad;
    for (std::size_t place = 0; place < static_cast<std::size_t>(kPad) + 1; ++place) {
      const Candidate& candidate = candidates[begin + place];
      if (place >= listed) {
        EXPECT_EQ(candidate.token, -1);
        EXPECT_EQ(candidate.log_probability, -INFINITY);
        continue;
      }
      EXPECT_NE(candidate.token, kPad);
      EXPECT_FALSE(row == 0 && (candidate.token == best_id || candidate.token == 5));
      EXPECT_EQ(candidate.log_probability, all[row][candidate.token].item<float>());
      if (place > 0) {
        EXPECT_GE(candidates[begin + place - 1].log_probability, candidate.log_probability);
      }
    }
  }
  EXPECT_TRUE(at::equal(scene.all(), all));  // forbidding is for one call
}

TEST(LibtorchNetwork, NamedTokensOfOneRow) {
  Scene scene;
  scene.steps->advance({}, std::vector<Admission>{scene.admission(0), scene.admission(2)});
  std::vector<float> values(3);
  scene.steps->named(1, std::vector<TokenId>{4, 0, 4}, values);
  const Tensor row = scene.all()[1];
  EXPECT_EQ(values, (std::vector<float>{row[4].item<float>(), row[0].item<float>(), row[4].item<float>()}));
}

TEST(LibtorchNetwork, ShortlistsNormaliseAndFollowTheirRows) {
  Scene scene;
  const std::vector<TokenId> allowed = {0, 3, 4, 11, kPad};
  scene.steps->advance({}, std::vector<Admission>{scene.admission(0), scene.admission(2, {}, allowed)});
  scene.steps->advance(std::vector<Continuation>{{1, 3}, {1, 4}, {0, 7}}, {});
  const Tensor all = scene.all();
  for (const auto& [row, token] : {std::pair<int, TokenId>{0, 3}, {1, 4}}) {
    const Tensor ids = at::tensor({0, 3, 4, 11}, at::kLong);
    expect_close(all[row].index_select(0, ids), scene.after(2, {token}).index_select(0, ids).log_softmax(0));
    EXPECT_EQ((all[row] > -INFINITY).sum().item<int>(), 4);
  }
  expect_close(all[2], scene.after(0, {7}));
  EXPECT_EQ(scene.top(6, {})[4].token, -1);
}

TEST(LibtorchNetwork, RefusesMoreRowsThanItWasMadeFor) {
  Scene scene;
  EXPECT_THROW(scene.steps->advance({}, std::vector<Admission>(9, scene.admission(0))), std::logic_error);
}

TEST(LibtorchNetwork, ForcedPassGivesLogProbabilitiesAndAttention) {
  Scene scene;
  const Rows targets = random_rows({4, 6, 1}, 2);
  std::vector<search::Pair> pairs;
  for (std::size_t pair = 0; pair < 3; ++pair) pairs.push_back({scene.sources[pair], targets[pair]});
  const auto passes = scene.served->forced(pairs, {.attention = true});
  const at::NoGradGuard no_gradient;
  PlainTransformer plain(*scene.network, tiny_shape());
  ASSERT_EQ(passes.size(), 3U);
  for (std::size_t pair = 0; pair < 3; ++pair) {
    const Tensor expected = plain.log_probabilities(scene.sources[pair], targets[pair]);
    std::vector<Tensor> right;
    for (std::size_t place = 0; place < targets[pair].size(); ++place) {
      right.push_back(expected[static_cast<std::int64_t>(place)][targets[pair][place]]);
    }
    expect_close(at::tensor(passes[pair].log_probabilities), at::stack(right));
    expect_close(at::tensor(passes[pair].attention), plain.attention.flatten());
  }
  EXPECT_TRUE(scene.served->forced(pairs, {})[0].attention.empty());
  EXPECT_TRUE(scene.served->forced({}, {}).empty());
}

TEST(LibtorchNetwork, ForcedPassGivesStepsWhereDepthIsAdaptive) {
  model::Shape shape = tiny_shape();
  shape.type = "universal";
  shape.universal.halting = true;
  const auto network = tiny_network(shape);
  const Rows sources = random_rows({5, 2}, 1), targets = random_rows({4, 6}, 2);
  const std::vector<search::Pair> pairs = {{sources[0], targets[0]}, {sources[1], targets[1]}};
  const auto passes = make_network(network, kPad)->forced(pairs, {.steps = true});
  const at::NoGradGuard no_gradient;
  const Inside inside = network->inside(*network->encode(padded(sources)), padded(targets));
  const auto expect_steps = [](const std::vector<int>& steps, const Tensor& expected) {
    EXPECT_TRUE(at::equal(at::tensor(steps, at::kLong), expected));
  };
  expect_steps(passes[0].encoder_steps, inside.encoder_steps[0]);
  expect_steps(passes[1].encoder_steps, inside.encoder_steps[1].narrow(0, 0, 2));
  expect_steps(passes[0].decoder_steps, inside.decoder_steps[0].narrow(0, 0, 4));
  expect_steps(passes[1].decoder_steps, inside.decoder_steps[1]);
  EXPECT_TRUE(passes[0].attention.empty());
  Scene scene;
  EXPECT_TRUE(scene.served->forced(pairs, {.steps = true})[0].encoder_steps.empty());
}

TEST(LibtorchNetwork, ForcedPassesTooLargeForOneBatchAreCut) {
  model::Shape shape = tiny_shape();
  shape.vocabulary = 200000;
  const auto served = make_network(tiny_network(shape), shape.vocabulary - 1);
  const Rows sources = random_rows({5, 2, 7}, 1), targets = random_rows({60, 60, 59}, 2);
  std::vector<search::Pair> pairs;
  for (std::size_t pair = 0; pair < 3; ++pair) pairs.push_back({sources[pair], targets[pair]});
  const auto passes = served->forced(pairs, {});
  ASSERT_EQ(passes.size(), 3U);
  for (std::size_t pair = 0; pair < 3; ++pair) {
    const auto alone = served->forced({&pairs[pair], 1}, {});
    expect_close(at::tensor(passes[pair].log_probabilities), at::tensor(alone[0].log_probabilities));
  }
}

std::vector<search::Result> decoded(const Scene& scene, const Rows& sources, int rows) {
  const auto steps = scene.served->step_model({rows, 32, 32});
  search::SearchOptions options;
  options.beam = 3;
  options.n_best = 3;
  options.max_length_factor = 1;
  options.max_length_offset = 5;
  std::size_t given = 0;
  std::vector<search::Result> results(sources.size());
  const auto next = [&]() -> std::optional<search::Request> {
    if (given == sources.size()) return {};
    search::Request request;
    request.key = given;
    request.source = sources[given++];
    return request;
  };
  const auto done = [&](search::Result result) { results[result.key] = result; };
  search::decode(*steps, options, {0, kPad, 1}, next, done);
  return results;
}

TEST(LibtorchNetwork, BeamSearchDoesNotDependOnWhoStandsBeside) {
  const Scene scene;
  const Rows sources = random_rows({5, 9, 2, 12, 7, 3, 8, 1, 10}, 1);
  const auto alone = decoded(scene, sources, 3), together = decoded(scene, sources, 11);
  for (std::size_t sentence = 0; sentence < sources.size(); ++sentence) {
    ASSERT_EQ(alone[sentence].hypotheses.size(), 3U);
    for (std::size_t rank = 0; rank < 3; ++rank) {
      EXPECT_EQ(alone[sentence].hypotheses[rank].tokens, together[sentence].hypotheses[rank].tokens);
      EXPECT_NEAR(alone[sentence].hypotheses[rank].score, together[sentence].hypotheses[rank].score, 1e-5);
    }
  }
}

TEST(LibtorchNetwork, WorkersShareOneNetwork) {
  const Scene scene;
  const Tensor expected = at::stack({scene.after(0, {2}), scene.after(1, {2}), scene.after(2, {2})});
  std::vector<Tensor> results(3);
  std::vector<std::thread> workers;
  for (std::size_t source = 0; source < 3; ++source) {
    workers.emplace_back([&, source] {
      const auto steps = scene.served->step_model({2, 32, 32});
      std::vector<float> values(kPad + 1);
      for (int repeat = 0; repeat < 20; ++repeat) {
        steps->advance({}, std::vector<Admission>{scene.admission(source)});
        steps->advance(std::vector<Continuation>{{0, 2}}, {});
        steps->all(values);
      }
      results[source] = at::tensor(values);
    });
  }
  for (std::thread& worker : workers) worker.join();
  expect_close(at::stack(results), expected);
}

}  // namespace
}  // namespace mynah::nn
