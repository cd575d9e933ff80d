#include "model/huggingface.h"

#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "random_weights.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::Not;

const Vocabulary kVocabulary({"</s>", "<unk>", "a", "b", "c", "<pad>"});

Shape shape_with(const std::string& activation, bool pre_norm) {
  Shape shape;
  shape.vocabulary = 6;
  shape.d_model = 4;
  shape.d_feed_forward = 6;
  shape.heads = 2;
  shape.encoder_layers = 2;
  shape.decoder_layers = 1;
  shape.activation = activation;
  shape.pre_norm = pre_norm;
  return shape;
}

std::vector<Shape> all_shapes() {
  std::vector<Shape> shapes;
  for (const char* activation : {"relu", "gelu", "silu", "swiglu"}) {
    for (const bool pre_norm : {false, true}) shapes.push_back(shape_with(activation, pre_norm));
  }
  return shapes;
}

/// A network of another type, with nothing as it is by default.
Shape rnn_shape() {
  Shape shape = shape_with("relu", false);
  shape.type = "rnn";
  shape.rnn = {.width = 10,
               .encoder_cell = "gru",
               .decoder_cell = "gru",
               .encoder_type = "bi-unidirectional",
               .attention = "additive",
               .layer_norm = true,
               .skip = true};
  return shape;
}

Shape cnn_shape() {
  Shape shape = shape_with("relu", false);
  shape.type = "cnn";
  shape.cnn = {.channels = 12, .kernel_width = 5};
  return shape;
}

Json config_with(const std::string& key, const Json& value) {
  Json config = config_of(shape_with("relu", false), kVocabulary, DataType::float32);
  config[key] = value;
  return config;
}

std::string complaint(const Json& config) {
  return message_of<Error>([&] { shape_of(config, "dir/config.json"); });
}

TEST(HuggingFace, ShapesReadBackAsTheyWereWritten) {
  for (const Shape& shape : all_shapes()) {
    const Shape back = shape_of(config_of(shape, kVocabulary, DataType::float32), "config.json");
    EXPECT_EQ(back.type, shape.type);
    EXPECT_EQ(back.vocabulary, 6);
    EXPECT_EQ(back.d_model, 4);
    EXPECT_EQ(back.d_feed_forward, 6);
    EXPECT_EQ(back.heads, 2);
    EXPECT_EQ(back.encoder_layers, 2);
    EXPECT_EQ(back.decoder_layers, 1);
    EXPECT_EQ(back.activation, shape.activation);
    EXPECT_EQ(back.pre_norm, shape.pre_norm);
    EXPECT_EQ(back.max_positions, shape.max_positions);
  }
}

TEST(HuggingFace, ShapesOfOtherTypesReadBackToo) {
  const Shape rnn = shape_of(config_of(rnn_shape(), kVocabulary, DataType::float32), "config.json");
  EXPECT_EQ(rnn.type, "rnn");
  EXPECT_EQ(rnn.rnn.width, 10);
  EXPECT_EQ(rnn.rnn.encoder_cell, "gru");
  EXPECT_EQ(rnn.rnn.decoder_cell, "gru");
  EXPECT_EQ(rnn.rnn.encoder_type, "bi-unidirectional");
  EXPECT_EQ(rnn.rnn.attention, "additive");
  EXPECT_TRUE(rnn.rnn.layer_norm);
  EXPECT_TRUE(rnn.rnn.skip);
  EXPECT_EQ(rnn.encoder_layers, 2);
  const Shape cnn = shape_of(config_of(cnn_shape(), kVocabulary, DataType::float32), "config.json");
  EXPECT_EQ(cnn.type, "cnn");
  EXPECT_EQ(cnn.cnn.channels, 12);
  EXPECT_EQ(cnn.cnn.kernel_width, 5);
  EXPECT_EQ(cnn.max_positions, 512);
}

TEST(HuggingFace, FieldsOfOtherTypesThatAreMissingAreNamed) {
  for (const Shape& shape : {rnn_shape(), cnn_shape()}) {
    Json plain = config_of(shape_with("swiglu", false), kVocabulary, DataType::float32);
    const Json full = config_of(shape, kVocabulary, DataType::float32);
    for (const auto& [key, value] : full.items()) {
      if (plain.contains(key)) continue;
      Json config = full;
      config.erase(key);
      EXPECT_THAT(complaint(config), AllOf(HasSubstr("dir/config.json"), HasSubstr("'" + key + "'"))) << key;
    }
  }
}

TEST(HuggingFace, ModelTypeSaysTheForm) {
  const auto model_type = [](const Shape& shape) { return config_of(shape, kVocabulary, DataType::float32)["model_type"]; };
  EXPECT_EQ(model_type(shape_with("relu", false)), "marian");
  EXPECT_EQ(model_type(shape_with("gelu", false)), "marian");
  EXPECT_EQ(model_type(shape_with("silu", true)), "pegasus");
  EXPECT_EQ(model_type(shape_with("swiglu", false)), "mynah-transformer");
  EXPECT_EQ(model_type(shape_with("swiglu", true)), "mynah-transformer");
  EXPECT_EQ(model_type(rnn_shape()), "mynah-rnn");
  EXPECT_EQ(model_type(cnn_shape()), "mynah-cnn");
}

TEST(HuggingFace, ConfigHoldsTheConventions) {
  const Json config = config_of(shape_with("relu", true), kVocabulary, DataType::float16);
  EXPECT_EQ(config["architectures"], Json::array({"PegasusForConditionalGeneration"}));
  EXPECT_EQ(config["normalize_before"], true);
  EXPECT_EQ(config["normalize_embedding"], false);
  EXPECT_EQ(config["scale_embedding"], true);
  EXPECT_EQ(config["dtype"], "float16");
  EXPECT_EQ(config["forced_eos_token_id"], 0);
  EXPECT_EQ(config["decoder_start_token_id"], 5);
  EXPECT_EQ(config["pad_token_id"], 5);
  EXPECT_EQ(config["max_position_embeddings"], 512);
}

TEST(HuggingFace, MariansSpellingOfSiluIsRead) {
  EXPECT_EQ(shape_of(config_with("activation_function", "swish"), "").activation, "silu");
}

TEST(HuggingFace, WhatNoNetworkHereDoesIsAnErrorNamingFileAndField) {
  const auto names = [](const char* field) { return AllOf(HasSubstr("dir/config.json"), HasSubstr(field)); };
  EXPECT_THAT(complaint(config_with("model_type", "t5")), AllOf(names("'t5'"), HasSubstr("marian"), HasSubstr("mynah-rnn")));
  EXPECT_THAT(complaint(config_with("model_type", "mynah-convolution")), names("'convolution'"));
  EXPECT_THAT(complaint(config_with("model_type", nullptr)), AllOf(names("model_type"), HasSubstr("missing")));
  EXPECT_THAT(complaint(config_with("normalize_before", true)), names("normalize_before"));
  EXPECT_THAT(complaint(config_with("normalize_embedding", true)), names("normalize_embedding"));
  EXPECT_THAT(complaint(config_with("scale_embedding", false)), names("scale_embedding"));
  EXPECT_THAT(complaint(config_with("tie_word_embeddings", false)), names("tie_word_embeddings"));
  EXPECT_THAT(complaint(config_with("share_encoder_decoder_embeddings", false)), names("share_encoder_decoder_embeddings"));
  EXPECT_THAT(complaint(config_with("decoder_attention_heads", 1)), names("decoder_attention_heads"));
  EXPECT_THAT(complaint(config_with("decoder_ffn_dim", 7)), names("decoder_ffn_dim"));
  EXPECT_THAT(complaint(config_with("activation_function", "gelu_new")), names("gelu_new"));
  EXPECT_THAT(complaint(config_with("d_model", "many")), names("d_model"));
  EXPECT_THAT(complaint(config_with("encoder_layers", 0)), names("encoder_layers"));
}

TEST(HuggingFace, IdsThatAreNotTheVocabularysAreNamed) {
  for (const char* key : {"vocab_size", "pad_token_id", "decoder_start_token_id", "eos_token_id"}) {
    EXPECT_THAT(message_of<Error>([&] { check_ids(config_with(key, 3), kVocabulary, "config.json"); }),
                AllOf(HasSubstr("config.json"), HasSubstr(key), HasSubstr("3")));
  }
  check_ids(config_with("unrelated", 3), kVocabulary, "config.json");
}

TEST(HuggingFace, NamesAreMarians) {
  EXPECT_EQ(huggingface_name("embedding.weight"), "model.shared.weight");
  EXPECT_EQ(huggingface_name("output_bias"), "final_logits_bias");
  EXPECT_EQ(huggingface_name("encoder.layers.11.self_attention.query.weight"), "model.encoder.layers.11.self_attn.q_proj.weight");
  EXPECT_EQ(huggingface_name("decoder.layers.0.self_attention.output.bias"), "model.decoder.layers.0.self_attn.out_proj.bias");
  EXPECT_EQ(huggingface_name("decoder.layers.0.self_attention_norm.bias"), "model.decoder.layers.0.self_attn_layer_norm.bias");
  EXPECT_EQ(huggingface_name("decoder.layers.0.cross_attention.key.weight"), "model.decoder.layers.0.encoder_attn.k_proj.weight");
  EXPECT_EQ(huggingface_name("decoder.layers.0.cross_attention.value.weight"),
            "model.decoder.layers.0.encoder_attn.v_proj.weight");
  EXPECT_EQ(huggingface_name("decoder.layers.0.cross_attention_norm.weight"),
            "model.decoder.layers.0.encoder_attn_layer_norm.weight");
  EXPECT_EQ(huggingface_name("encoder.layers.3.feed_forward.inner.weight"), "model.encoder.layers.3.fc1.weight");
  EXPECT_EQ(huggingface_name("encoder.layers.3.feed_forward.outer.bias"), "model.encoder.layers.3.fc2.bias");
  EXPECT_EQ(huggingface_name("encoder.layers.3.feed_forward_norm.bias"), "model.encoder.layers.3.final_layer_norm.bias");
  EXPECT_EQ(huggingface_name("encoder.norm.weight"), "model.encoder.layer_norm.weight");
  EXPECT_EQ(huggingface_name("decoder.norm.bias"), "model.decoder.layer_norm.bias");
  EXPECT_THROW(huggingface_name("encoder.layers.0.feed_forward.gate.weight"), std::logic_error);
}

TEST(HuggingFace, WeightsReadBackAsTheyWereWritten) {
  std::vector<Shape> shapes = all_shapes();
  shapes.insert(shapes.end(), {rnn_shape(), cnn_shape()});
  for (const Shape& shape : shapes) {
    const Weights weights = random_weights(shape, 1);
    const Weights back = from_file(to_file(weights, shape, 5, DataType::float32), shape, 5, "file");
    ASSERT_EQ(back.size(), weights.size());
    for (const auto& [name, array] : weights) {
      std::vector<float> expected = to_float(array);
      if (name == "embedding.weight") std::fill(expected.end() - 4, expected.end(), 0.0F);
      if (name == "output_bias") expected[5] = form_of(shape) == Form::own ? expected[5] : 0;
      EXPECT_EQ(to_float(back.at(name)), expected) << name;
    }
  }
}

TEST(HuggingFace, PadIsZeroInTheTableAndImpossibleInTheBias) {
  const Shape shape = shape_with("relu", false);
  const Weights file = to_file(random_weights(shape, 1), shape, 5, DataType::float16);
  const auto table = to_float(file.at("model.shared.weight"));
  EXPECT_THAT(std::vector(table.end() - 4, table.end()), Each(0.0F));
  EXPECT_THAT(file.at("final_logits_bias").shape, ElementsAre(1, 6));
  EXPECT_EQ(to_float(file.at("final_logits_bias"))[5], -10000.0F);
  for (const auto& [name, array] : file) EXPECT_EQ(array.type, DataType::float16) << name;
}

TEST(HuggingFace, PositionTablesStandInThePegasusFormOnly) {
  const Weights marian = to_file(random_weights(shape_with("relu", false), 1), shape_with("relu", false), 5, DataType::float32);
  const Weights pegasus = to_file(random_weights(shape_with("relu", true), 1), shape_with("relu", true), 5, DataType::float32);
  for (const char* name : {"model.encoder.embed_positions.weight", "model.decoder.embed_positions.weight"}) {
    EXPECT_FALSE(marian.contains(name));
    const Array& table = pegasus.at(name);
    EXPECT_THAT(table.shape, ElementsAre(512, 4));
    const auto values = to_float(table);
    for (const int position : {0, 1, 511}) {
      const float* row = values.data() + 4 * position;
      EXPECT_NEAR(row[0], std::sin(position), 1e-6);
      EXPECT_NEAR(row[1], std::sin(position / 100.0), 1e-6);
      EXPECT_NEAR(row[2], std::cos(position), 1e-6);
      EXPECT_NEAR(row[3], std::cos(position / 100.0), 1e-6);
    }
  }
}

TEST(HuggingFace, FilesOfOurOwnFormKeepCanonicalNames) {
  const Shape shape = shape_with("swiglu", true);
  EXPECT_THAT(to_file(random_weights(shape, 1), shape, 5, DataType::float32),
              AllOf(Contains(Key("encoder.layers.1.feed_forward.gate.weight")), Contains(Key("output_bias")),
                    Not(Contains(Key("model.encoder.embed_positions.weight")))));
}

TEST(HuggingFace, CopiesOfTheTableMustEqualIt) {
  const Shape shape = shape_with("relu", false);
  Weights file = to_file(random_weights(shape, 1), shape, 5, DataType::float32);
  file["lm_head.weight"] = file["model.decoder.embed_tokens.weight"] = file["model.shared.weight"];
  file["model.encoder.embed_positions.weight"] = make_array(std::vector<float>{1}, {1});
  EXPECT_EQ(from_file(file, shape, 5, "file").size(), random_weights(shape, 1).size());
  file["lm_head.weight"] = make_array(std::vector<float>(24), {6, 4});
  EXPECT_THAT(message_of<Error>([&] { from_file(file, shape, 5, "file"); }),
              AllOf(HasSubstr("file"), HasSubstr("'lm_head.weight'")));
}

TEST(HuggingFace, ArraysThatDoNotFitAreNamedAsTheFileNamesThem) {
  for (const bool pre_norm : {false, true}) {
    const Shape shape = shape_with("relu", pre_norm);
    Weights file = to_file(random_weights(shape, 1), shape, 5, DataType::float32);
    file.erase("model.encoder.layers.1.fc1.weight");
    EXPECT_THAT(message_of<Error>([&] { from_file(file, shape, 5, "some.safetensors"); }),
                AllOf(HasSubstr("some.safetensors"), HasSubstr("'model.encoder.layers.1.fc1.weight' is missing")));
  }
  const Shape own = shape_with("swiglu", false);
  Weights file = to_file(random_weights(own, 1), own, 5, DataType::float32);
  file["surplus"] = file["output_bias"];
  EXPECT_THAT(message_of<Error>([&] { from_file(file, own, 5, "some.safetensors"); }),
              AllOf(HasSubstr("some.safetensors"), HasSubstr("'surplus'")));
}

}  // namespace
}  // namespace mynah::model
