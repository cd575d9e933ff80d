#include "training/model_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "small_corpus.h"
#include "training/network_setup.h"

namespace mynah::training {
namespace {

TEST(ModelWriter, WritesADirectoryThatOpensWithWhatIsKnownAboutIt) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.stored_precision = "float16";
  const Material material = prepare(options, std::nullopt, {}, nullptr);
  const model::Shape shape = shape_for(options, std::nullopt, material.tokenizers.vocabulary->size());
  const auto network = build_networks(options, shape, std::nullopt)[0];
  const ModelWriter writer(options, shape, material);
  writer.write(folder.path() / "out", *network, {.updates = 42, .epochs = 1.5}, {{"bleu", 33.3}});
  const model::Model model = model::open_model(folder.path() / "out");
  EXPECT_EQ(model.shape.decoder_layers, 1);
  EXPECT_EQ(model.languages.target, "xb");
  EXPECT_EQ(model.generation.max_length, model.shape.max_positions);
  EXPECT_EQ(model.tokenizers.vocabulary->size(), 331);
  EXPECT_EQ(model.training->at("trained").at("updates"), 42);
  EXPECT_EQ(model.training->at("scores").at("bleu"), 33.3);
  EXPECT_EQ(model.training->at("options").at("stored_precision"), "float16");
  EXPECT_EQ(model.training->at("options").at("train_sets"), Json({"train.xa", "train.xb"}));  // the folder is nobody's business
  EXPECT_TRUE(model.training->at("program").get<std::string>().starts_with("train "));
  for (const auto& [name, array] : nn::weights_of(*network)) {
    const std::vector<float> written = model::to_float(model.weights.at(name)), original = model::to_float(array);
    ASSERT_EQ(written.size(), original.size()) << name;
    for (std::size_t index = 0; index < written.size(); ++index) ASSERT_NEAR(written[index], original[index], 1e-3) << name;
  }
}

}  // namespace
}  // namespace mynah::training
