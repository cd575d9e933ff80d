#include "model/model.h"

#include <gmock/gmock.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "random_weights.h"
#include "text/tokenizer_training.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

/// A few dozen distinct lines, enough for a small tokenizer.
void each_line(const std::function<void(std::string_view)>& take) {
  const std::vector<std::string> words = {"a",     "small", "dog", "runs",  "over", "the",
                                          "green", "field", "and", "jumps", "high", "again"};
  for (std::size_t i = 0; i < 200; ++i) {
    std::string line;
    for (std::size_t j = 0; j < 6; ++j) line += words[(i * (j + 3) + j) % words.size()] + " ";
    take(line);
  }
}

const TokenizerPair& tokenizers() {
  static const TokenizerPair pair = [] {
    TokenizerTraining options;
    options.vocabulary = 280;  // the 256 bytes of byte fallback among them
    options.symbols = {">>headline<<"};
    return train_tokenizers(options, each_line, each_line, Log());
  }();
  return pair;
}

Model small_model(const std::string& activation = "relu", bool pre_norm = false) {
  Model model;
  model.shape.vocabulary = tokenizers().vocabulary->size();
  model.shape.d_model = 8;
  model.shape.d_feed_forward = 12;
  model.shape.heads = 2;
  model.shape.encoder_layers = 1;
  model.shape.decoder_layers = 2;
  model.shape.activation = activation;
  model.shape.pre_norm = pre_norm;
  model.weights = random_weights(model.shape, 3);
  model.tokenizers = tokenizers();
  model.generation = {5, 0.75, 200};
  model.languages = {"en", "de"};
  return model;
}

class ModelDirectory : public testing::Test {
 protected:
  std::string complaint() {
    return message_of<Error>([&] { open_model(folder_.path()); });
  }
  /// What opening says after one field of a saved directory's JSON file was set.
  std::string complaint_with(const std::string& file, const std::string& key, const Json& value) {
    save_model(folder_.path(), small_model());
    Json content = Json::parse(content_of(folder_ / file));
    content[key] = value;
    folder_.file(file, content.dump());
    return complaint();
  }
  TemporaryFolder folder_;
};

TEST_F(ModelDirectory, HoldsTheFilesOfTheDesign) {
  save_model(folder_ / "new/model", small_model());
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "new/model")) names.push_back(entry.path().filename());
  EXPECT_THAT(names, UnorderedElementsAre("config.json", "generation_config.json", "model.safetensors", "source.spm",
                                          "target.spm", "vocab.json", "tokenizer_config.json", "training.json"));
}

TEST_F(ModelDirectory, OpensAsItWasSaved) {
  for (const bool pre_norm : {false, true}) {
    for (const char* activation : {"relu", "gelu", "silu", "swiglu"}) {
      Model saved = small_model(activation, pre_norm);
      saved.training = std::make_shared<const Json>(Json{{"options", {{"seed", 7}}}});
      save_model(folder_.path(), saved);
      const Model opened = open_model(folder_.path());
      EXPECT_EQ(opened.shape.activation, activation);
      EXPECT_EQ(opened.shape.pre_norm, pre_norm);
      EXPECT_EQ(opened.generation.beam, 5);
      EXPECT_EQ(opened.generation.length_penalty, 0.75);
      EXPECT_EQ(opened.generation.max_length, 200);
      EXPECT_EQ(opened.languages.source, "en");
      EXPECT_EQ(opened.languages.target, "de");
      EXPECT_EQ((*opened.training)["options"]["seed"], 7);
      EXPECT_EQ(opened.tokenizers.source->encode("the dog jumps"), saved.tokenizers.source->encode("the dog jumps"));
      const char* name = "decoder.layers.1.cross_attention.query.weight";
      EXPECT_EQ(to_float(opened.weights.at(name)), to_float(saved.weights.at(name)));
      EXPECT_EQ(opened.weights.size(), saved.weights.size());
    }
  }
}

TEST_F(ModelDirectory, SavingAnOpenedModelChangesNothing) {
  save_model(folder_ / "first", small_model("relu", true));
  save_model(folder_ / "second", open_model(folder_ / "first"));
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "first")) {
    const std::string name = entry.path().filename();
    EXPECT_EQ(content_of(entry.path()), content_of(folder_ / ("second/" + name))) << name;
  }
}

TEST_F(ModelDirectory, AModelIsSavedOverItself) {
  save_model(folder_.path(), small_model());
  const std::string before = content_of(folder_ / "model.safetensors");
  save_model(folder_.path(), open_model(folder_.path()));
  EXPECT_EQ(content_of(folder_ / "model.safetensors"), before);
}

TEST_F(ModelDirectory, HalfPrecisionTakesHalfTheSpace) {
  save_model(folder_ / "full", small_model());
  save_model(folder_ / "half", small_model(), DataType::float16);
  const auto bytes = [&](const std::string& name) {
    double total = 0;
    for (const auto& [array_name, array] : open_model(folder_ / name).weights) {
      if (array_name != "output_bias") total += static_cast<double>(array.bytes.size());
    }
    return total;
  };
  EXPECT_EQ(bytes("half"), bytes("full") / 2);
  EXPECT_EQ(Json::parse(content_of(folder_ / "half/config.json"))["dtype"], "float16");
}

TEST_F(ModelDirectory, GenerationCountsTheStartTokenAsHuggingFaceDoes) {
  save_model(folder_.path(), small_model());
  const Json generation = Json::parse(content_of(folder_ / "generation_config.json"));
  EXPECT_EQ(generation["max_length"], 201);
  EXPECT_EQ(generation["num_beams"], 5);
  EXPECT_EQ(generation["early_stopping"], true);
  EXPECT_EQ(generation["bad_words_ids"][0][0], tokenizers().vocabulary->pad());
}

TEST_F(ModelDirectory, FilesOfOtherToolkitsMayLackOurs) {
  save_model(folder_.path(), small_model());
  for (const char* name : {"training.json", "generation_config.json", "tokenizer_config.json"})
    std::filesystem::remove(folder_ / name);
  const Model opened = open_model(folder_.path());
  EXPECT_EQ(opened.training, nullptr);
  EXPECT_EQ(opened.generation.beam, Generation().beam);
  EXPECT_EQ(opened.generation.max_length, Generation().max_length);
  EXPECT_EQ(opened.languages.source, "");
}

TEST_F(ModelDirectory, MissingFilesAreNamed) {
  for (const char* name : {"config.json", "model.safetensors", "source.spm", "target.spm", "vocab.json"}) {
    save_model(folder_.path(), small_model());
    std::filesystem::remove(folder_ / name);
    EXPECT_THAT(complaint(), HasSubstr(name));
  }
  EXPECT_THAT(message_of<Error>([&] { open_model(folder_ / "nowhere"); }), HasSubstr("nowhere: there is no such folder"));
  EXPECT_THAT(message_of<Error>([&] { languages_of(folder_ / "nowhere"); }), HasSubstr("nowhere: there is no such folder"));
}

TEST_F(ModelDirectory, LanguagesAreReadWithoutTheWeights) {
  save_model(folder_.path(), small_model());
  std::filesystem::remove(folder_ / "model.safetensors");
  EXPECT_EQ(languages_of(folder_.path()).source, "en");
  EXPECT_EQ(languages_of(folder_.path()).target, "de");
  EXPECT_TRUE(is_model(folder_.path()));
  EXPECT_FALSE(is_model(folder_ / "nowhere"));
}

TEST_F(ModelDirectory, StylesOfSummariesAreKept) {
  Model model = small_model();
  save_model(folder_.path(), model);
  EXPECT_TRUE(styles_of(folder_.path()).empty());
  model.styles = {"headline"};
  save_model(folder_.path(), model);
  EXPECT_EQ(styles_of(folder_.path()), model.styles);
  EXPECT_EQ(open_model(folder_.path()).styles, model.styles);
  EXPECT_THAT(complaint_with("tokenizer_config.json", "styles", {"haiku"}), HasSubstr("no piece >>haiku<<"));
  EXPECT_THAT(complaint_with("tokenizer_config.json", "styles", 7), HasSubstr("'styles' must be a list of words, not 7"));
}

TEST_F(ModelDirectory, UnknownArchitecturesAndVersionsAreErrors) {
  EXPECT_THAT(complaint_with("config.json", "model_type", "t5"), AllOf(HasSubstr("config.json"), HasSubstr("'t5'")));
  EXPECT_THAT(complaint_with("training.json", "version", 2),
              AllOf(HasSubstr("training.json"), HasSubstr("version 2"), HasSubstr("newer")));
  EXPECT_THAT(complaint_with("training.json", "version", 0), AllOf(HasSubstr("training.json"), HasSubstr("version 0")));
  EXPECT_THAT(complaint_with("training.json", "version", nullptr), AllOf(HasSubstr("training.json"), HasSubstr("'version'")));
}

TEST_F(ModelDirectory, ATokenizerOfAnotherModelIsAnError) {
  EXPECT_THAT(complaint_with("config.json", "vocab_size", 77),
              AllOf(HasSubstr("config.json"), HasSubstr("77"), HasSubstr("vocab.json")));
  EXPECT_THAT(complaint_with("config.json", "pad_token_id", 2), AllOf(HasSubstr("config.json"), HasSubstr("pad_token_id")));
}

TEST_F(ModelDirectory, WeightsOfAnotherShapeAreAnError) {
  EXPECT_THAT(complaint_with("config.json", "d_model", 16),
              AllOf(HasSubstr("model.safetensors"), HasSubstr("[8]"), HasSubstr("[16]")));
  EXPECT_THAT(complaint_with("config.json", "encoder_layers", 2), AllOf(HasSubstr("encoder.layers.1."), HasSubstr("missing")));
  EXPECT_THAT(complaint_with("config.json", "decoder_layers", 1), AllOf(HasSubstr("decoder.layers.1."), HasSubstr("not part")));
}

TEST_F(ModelDirectory, GenerationOutOfRangeIsAnError) {
  EXPECT_THAT(complaint_with("generation_config.json", "num_beams", 0),
              AllOf(HasSubstr("generation_config.json"), HasSubstr("num_beams")));
  EXPECT_THAT(complaint_with("generation_config.json", "max_length", std::numeric_limits<int>::min()),
              AllOf(HasSubstr("max_length"), HasSubstr("-2147483648")));
  EXPECT_THAT(complaint_with("generation_config.json", "max_length", 1),
              AllOf(HasSubstr("generation_config.json"), HasSubstr("max_length")));
}

TEST_F(ModelDirectory, DamagedWeightsAreAnError) {
  save_model(folder_.path(), small_model());
  const std::string content = content_of(folder_ / "model.safetensors");
  folder_.file("model.safetensors", content.substr(0, content.size() / 2));
  EXPECT_THAT(complaint(), AllOf(HasSubstr("model.safetensors"), HasSubstr("cut short")));
}

TEST_F(ModelDirectory, SavingAnUnfitModelIsAnErrorBeforeAnythingIsWritten) {
  Model model = small_model();
  model.weights.erase("output_bias");
  EXPECT_THAT(message_of<Error>([&] { save_model(folder_ / "unfit", model); }),
              AllOf(HasSubstr("unfit"), HasSubstr("'output_bias'")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "unfit"));
}

}  // namespace
}  // namespace mynah::model
