#include "engine/open_network.h"

#include <gmock/gmock.h>
#include <torch/cuda.h>

#include <cmath>

#include "../base/temporary_folder.h"
#include "../model/random_weights.h"
#include "base/error.h"
#include "engine/network_library.h"
#include "model/validation_pairs.h"
#include "packed/packed_file.h"

namespace mynah::engine {
namespace {

using testing::AllOf;
using testing::HasSubstr;

model::Model small_model() {
  model::Model model;
  model.shape = {.vocabulary = 6, .d_model = 16, .d_feed_forward = 12, .heads = 1, .encoder_layers = 1, .decoder_layers = 1};
  model.weights = model::random_weights(model.shape, 5);
  model.tokenizers.vocabulary =
      std::make_shared<const Vocabulary>(std::vector<std::string>{"</s>", "<unk>", "a", "b", "c", "<pad>"});
  return model;
}

std::vector<float> first_step(const search::Network& network, std::vector<TokenId> source) {
  const auto rows = network.step_model({4, 8, 8});
  const search::Admission admission{source, {}, {}};
  rows->advance({}, {&admission, 1});
  std::vector<float> log_probabilities(6);
  rows->all(log_probabilities);
  return log_probabilities;
}

TEST(OpenNetwork, DecodesWithTheModelsWeights) {
  const auto network = open_network(small_model(), {});
  const auto first = first_step(*network, {2, 3, 0});
  double sum = 0;
  for (const float value : first) sum += std::exp(static_cast<double>(value));
  EXPECT_NEAR(sum, 1, 1e-5);
  EXPECT_EQ(first[5], -std::numeric_limits<float>::infinity());
  EXPECT_NE(first_step(*network, {4, 3, 0}), first);
  EXPECT_EQ(first_step(*open_network(small_model(), {}), {2, 3, 0}), first);
}

TEST(OpenNetwork, WeightsStoredInHalfPrecisionAreComputedInFull) {
  model::Model half = small_model(), rounded = small_model();
  for (auto& [name, array] : half.weights) array = model::convert(array, model::DataType::float16);
  for (auto& [name, array] : rounded.weights) array = model::make_array(to_float(half.weights.at(name)), array.shape);
  EXPECT_EQ(first_step(*open_network(half, {}), {2, 3, 0}), first_step(*open_network(rounded, {}), {2, 3, 0}));
}

TEST(OpenNetwork, MissingDevicesAreNamed) {
  const std::string missing = concat("cuda:", static_cast<int>(torch::cuda::device_count()));
  EXPECT_THAT(message_of<Error>([&] { open_network(small_model(), {missing}); }),
              AllOf(HasSubstr(missing), HasSubstr("not there")));
}

TEST(OpenNetwork, UnknownArchitecturesAreNamed) {
  model::Model model = small_model();
  model.shape.type = "telepathy";
  EXPECT_THAT(message_of<Error>([&] { open_network(model, {}); }), HasSubstr("telepathy"));
}

TEST(OpenNetwork, WeightsThatDoNotFitAreNamed) {
  model::Model model = small_model();
  model.weights.erase("output_bias");
  EXPECT_THAT(message_of<Error>([&] { open_network(model, {}); }), HasSubstr("output_bias"));
}

TEST(OpenNetwork, PacksForTheCpu) {
  const auto plain = first_step(*open_network(small_model(), {.engine = "libtorch"}), {2, 3, 0});
  const auto eight = first_step(*open_network(small_model(), {.precision = "int8"}), {2, 3, 0});
  EXPECT_NE(eight, plain);
  EXPECT_EQ(first_step(*open_network(small_model(), {.engine = "packed", .precision = "int8"}), {2, 3, 0}), eight);
  const auto full = first_step(*open_network(small_model(), {.engine = "packed"}), {2, 3, 0});
  EXPECT_EQ(first_step(*open_network(small_model(), {.precision = "float32"}), {2, 3, 0}), full);
  EXPECT_EQ(first_step(*open_network(small_model(), {}), {2, 3, 0}), full);
  EXPECT_NE(plain, full);
  for (std::size_t token = 0; token < 5; ++token) EXPECT_NEAR(full[token], plain[token], 1e-4);
}

TEST(OpenNetwork, WhatDoesNotGoTogetherIsNamed) {
  const auto refusal = [](const EngineOptions& options) {
    return message_of<UsageError>([&] { open_network(small_model(), options); });
  };
  EXPECT_THAT(refusal({.engine = "libtorch", .precision = "int8"}), AllOf(HasSubstr("int8"), HasSubstr("--engine packed")));
  EXPECT_THAT(refusal({.device = "cuda", .precision = "int8"}), AllOf(HasSubstr("--precision int8"), HasSubstr("cuda")));
  EXPECT_THAT(refusal({.device = "cuda", .engine = "packed"}), AllOf(HasSubstr("--engine packed"), HasSubstr("cuda")));
  EXPECT_THAT(refusal({.engine = "libtorch", .cpu_features = "avx2"}), HasSubstr("--cpu-features"));
  EXPECT_THAT(refusal({.cpu_features = "mmx"}), AllOf(HasSubstr("--cpu-features"), HasSubstr("avx2 or plain"), HasSubstr("mmx")));
  EXPECT_THAT(refusal({.precision = "int4"}), AllOf(HasSubstr("int4"), HasSubstr("int8, bfloat16 or float32")));
}

model::Model recurrent_model() {
  model::Model model = small_model();
  model.shape = {.type = "rnn", .vocabulary = 6, .d_model = 8, .encoder_layers = 1, .decoder_layers = 1};
  model.weights = model::random_weights(model.shape, 5);
  return model;
}

TEST(OpenNetwork, NetworksThatCannotBePackedStayWithLibTorch) {
  std::vector<std::string> told;
  const Log log([&](LogLevel, std::string_view line) { told.emplace_back(line); });
  const auto plain = first_step(*open_network(recurrent_model(), {}, log), {2, 3, 0});
  EXPECT_THAT(told, testing::IsEmpty());
  EXPECT_EQ(first_step(*open_network(recurrent_model(), {.engine = "packed"}, log), {2, 3, 0}), plain);
  EXPECT_THAT(told, testing::ElementsAre(AllOf(HasSubstr("'rnn'"), HasSubstr("LibTorch runs it"))));
  EXPECT_THAT(message_of<Error>([&] { open_network(recurrent_model(), {.precision = "int8"}); }),
              AllOf(HasSubstr("'rnn'"), HasSubstr("--precision int8")));
}

/// A folder with what tells small_model() from others.
model::Model kept_model(const TemporaryFolder& folder) {
  folder.file("config.json", "{}");
  folder.file("model.safetensors", "weights");
  model::Model model = small_model();
  model.folder = folder.path();
  return model;
}

TEST(OpenNetwork, TakesWhatTheModelsFolderKeeps) {
  const TemporaryFolder folder;
  model::Model model = kept_model(folder);
  const auto eight = first_step(*open_network(model, {.precision = "int8"}), {2, 3, 0});
  pack(model, "int8", {});
  model.weights.clear();  // nothing is left to pack
  EXPECT_EQ(first_step(*open_network(model, {.precision = "int8"}), {2, 3, 0}), eight);
  EXPECT_THAT(message_of<Error>([&] { open_network(model, {}); }), HasSubstr("packing the network"));  // float32 is not kept
}

TEST(OpenNetwork, AutoIsInt8WhereTheVerdictAllows) {
  const TemporaryFolder folder;
  const model::Model model = kept_model(folder);
  const auto eight = first_step(*open_network(model, {.precision = "int8"}), {2, 3, 0});
  const auto full = first_step(*open_network(model, {.precision = "float32"}), {2, 3, 0});
  packed::save_packed_file({packed::Verdict{50, 0.01, 0.99}, {}}, model);
  EXPECT_EQ(first_step(*open_network(model, {}), {2, 3, 0}), eight);
  EXPECT_EQ(first_step(*open_network(model, {.precision = "float32"}), {2, 3, 0}), full);
  packed::save_packed_file({packed::Verdict{50, 0.03, 0.99}, {}}, model);
  EXPECT_EQ(first_step(*open_network(model, {}), {2, 3, 0}), full);
}

TEST(OpenNetwork, ReplacesWithAWordWhatIsOfNoUse) {
  const TemporaryFolder folder;
  const model::Model model = kept_model(folder);
  const auto full = first_step(*open_network(model, {}), {2, 3, 0});
  pack(model, "auto", {});
  folder.file("packed.safetensors", "short");
  std::vector<std::string> told;
  const Log log([&](LogLevel, std::string_view line) { told.emplace_back(line); });
  EXPECT_EQ(first_step(*open_network(model, {}, log), {2, 3, 0}), full);
  EXPECT_THAT(told, testing::ElementsAre(AllOf(HasSubstr("cut short or altered"), HasSubstr("packed anew"))));
  EXPECT_EQ(first_step(*open_network(model, {}, log), {2, 3, 0}), full);
  EXPECT_THAT(told, testing::SizeIs(1));  // it is whole again
  folder.file("packed.json", "{}");
  std::filesystem::remove(folder.path() / "packed.safetensors");
  std::filesystem::create_directory(folder.path() / "packed.safetensors");
  EXPECT_EQ(first_step(*open_network(model, {}, log), {2, 3, 0}), full);
  EXPECT_THAT(told.back(), AllOf(HasSubstr("cannot be kept"), HasSubstr("packed.safetensors")));
}

TEST(Pack, SaysWhatItFound) {
  const TemporaryFolder folder;
  std::vector<std::string> told;
  const Log log([&](LogLevel, std::string_view line) { told.emplace_back(line); });
  model::Model model = kept_model(folder);
  pack(model, "auto", log);
  model::write_validation_pairs(folder.path(), {{{2, 3, 0}, {4, 0}}});
  pack(model, "auto", log);
  EXPECT_THAT(
      told, testing::ElementsAre(AllOf(HasSubstr(folder.path()), HasSubstr("no validation pairs")), HasSubstr("over 2 tokens")));
  model.shape.type = "rnn";
  EXPECT_THAT(message_of<Error>([&] { pack(model, "auto", log); }), HasSubstr("'rnn'"));
}

TEST(BuildInfo, NamesTheKernelsAndWhereLibTorchIs) {
  EXPECT_THAT(build_info(), AllOf(HasSubstr("packed kernels "), HasSubstr("plain\n"),
                                  HasSubstr("LibTorch's networks in " + libtorch_path().string())));
}

}  // namespace
}  // namespace mynah::engine
