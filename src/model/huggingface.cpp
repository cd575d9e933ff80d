#include "model/huggingface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.h"
#include "model/architecture.h"

namespace mynah::model {
namespace {

constexpr const char* kOwnPrefix = "mynah-";
constexpr const char* kTable = "model.shared.weight";
constexpr const char* kOutputBias = "final_logits_bias";
constexpr float kNever = -1e4F;         // small enough that pad has no probability, and exact in half precision
constexpr int kUnsaidPositions = 1024;  // what Hugging Face takes when a config names none

struct NamePair {
  std::string_view ours, theirs;
};

/// The parts of a name that differ; everything else is the same behind "model.".
constexpr std::array<NamePair, 15> kParts = {{{".self_attention.query.", ".self_attn.q_proj."},
                                              {".self_attention.key.", ".self_attn.k_proj."},
                                              {".self_attention.value.", ".self_attn.v_proj."},
                                              {".self_attention.output.", ".self_attn.out_proj."},
                                              {".self_attention_norm.", ".self_attn_layer_norm."},
                                              {".cross_attention.query.", ".encoder_attn.q_proj."},
                                              {".cross_attention.key.", ".encoder_attn.k_proj."},
                                              {".cross_attention.value.", ".encoder_attn.v_proj."},
                                              {".cross_attention.output.", ".encoder_attn.out_proj."},
                                              {".cross_attention_norm.", ".encoder_attn_layer_norm."},
                                              {".feed_forward.inner.", ".fc1."},
                                              {".feed_forward.outer.", ".fc2."},
                                              {".feed_forward_norm.", ".final_layer_norm."},
                                              {"encoder.norm.", "encoder.layer_norm."},
                                              {"decoder.norm.", "decoder.layer_norm."}}};

constexpr std::array<const char*, 3> kTiedCopies = {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight",
                                                    "lm_head.weight"};
constexpr std::array<const char*, 2> kPositionTables = {"model.encoder.embed_positions.weight",
                                                        "model.decoder.embed_positions.weight"};

const char* architecture_of(Form form) {
  switch (form) {
    case Form::marian:
      return "MarianMTModel";
    case Form::pegasus:
      return "PegasusForConditionalGeneration";
    case Form::own:
      break;
  }
  return "Mynah";
}

std::string model_type_of(const Shape& shape) {
  switch (form_of(shape)) {
    case Form::marian:
      return "marian";
    case Form::pegasus:
      return "pegasus";
    case Form::own:
      break;
  }
  return kOwnPrefix + shape.type;
}

const char* dtype_of(DataType type) {
  if (type == DataType::float16) return "float16";
  return type == DataType::bfloat16 ? "bfloat16" : "float32";
}

std::string type_of(const JsonFields& fields) {
  const std::string model_type = fields.text("model_type");
  if (model_type == "marian" || model_type == "pegasus") return "transformer";
  if (model_type.starts_with(kOwnPrefix)) return model_type.substr(std::string_view(kOwnPrefix).size());
  throw Error(concat(fields.where(), ": the model_type '", model_type, "' is not known here; known: marian, pegasus, ",
                     known_architectures(kOwnPrefix)));
}

/// Sines in the first half of the features, cosines in the second.
Array position_table(const Shape& shape) {
  const int positions = shape.max_positions;
  const int half = shape.d_model / 2;
  std::vector<float> table(static_cast<std::size_t>(positions) * static_cast<std::size_t>(shape.d_model));
  auto value = table.begin();
  for (int position = 0; position < positions; ++position) {
    for (int feature = 0; feature < shape.d_model; ++feature) {
      const double angle = position * std::pow(10000.0, -2.0 * (feature % half) / shape.d_model);
      *value++ = static_cast<float>(feature < half ? std::sin(angle) : std::cos(angle));
    }
  }
  return make_array(table, {positions, shape.d_model});
}

Array with_pad_row_zero(const Array& table, TokenId pad) {
  std::vector<float> values = to_float(table);
  const auto width = table.shape[1];
  std::fill_n(values.begin() + pad * width, width, 0.0F);
  return make_array(values, table.shape);
}

Array with_pad_bias(const Array& bias, TokenId pad, float at_pad, std::vector<std::int64_t> shape) {
  std::vector<float> values = to_float(bias);
  values[static_cast<std::size_t>(pad)] = at_pad;
  return make_array(values, std::move(shape));
}

/// Drops what a Hugging Face file may hold beside the arrays proper.
void drop_redundant(Weights& arrays, const std::string& where) {
  const auto table = arrays.find(kTable);
  for (const char* name : kTiedCopies) {
    const auto copy = arrays.find(name);
    if (copy == arrays.end() || table == arrays.end()) continue;
    if (!std::ranges::equal(copy->second.bytes, table->second.bytes)) {
      throw Error(
          concat(where, ": the array '", name, "' should equal '", kTable, "'; models with untied tables are not known here"));
    }
    arrays.erase(copy);
  }
  for (const char* name : kPositionTables) arrays.erase(name);
}

Layout file_layout(const Shape& shape) {
  Layout layout;
  for (auto& [name, array_shape] : layout_of(shape)) layout[huggingface_name(name)] = array_shape;
  layout[kOutputBias] = {1, shape.vocabulary};
  return layout;
}

}  // namespace

Form form_of(const Shape& shape) {
  if (shape.type != "transformer" || shape.activation == "swiglu") return Form::own;
  return shape.pre_norm ? Form::pegasus : Form::marian;
}

Json config_of(const Shape& shape, const Vocabulary& vocabulary, DataType stored) {
  Json config = {{"architectures", Json::array({architecture_of(form_of(shape))})},
                 {"model_type", model_type_of(shape)},
                 {"dtype", dtype_of(stored)},
                 {"torch_dtype", dtype_of(stored)},
                 {"is_encoder_decoder", true},
                 {"vocab_size", shape.vocabulary},
                 {"d_model", shape.d_model},
                 {"encoder_layers", shape.encoder_layers},
                 {"decoder_layers", shape.decoder_layers},
                 {"tie_word_embeddings", true},
                 {"max_position_embeddings", shape.max_positions},
                 {"pad_token_id", vocabulary.pad()},
                 {"eos_token_id", vocabulary.end()},
                 {"forced_eos_token_id", vocabulary.end()},
                 {"decoder_start_token_id", vocabulary.pad()}};
  architecture_named(shape.type, "config.json").write(shape, config);
  return config;
}

Shape shape_of(const Json& config, const std::string& where) {
  const JsonFields fields(config, where);
  Shape shape;
  shape.type = type_of(fields);
  const Architecture& architecture = architecture_named(shape.type, where);
  fields.expect("tie_word_embeddings", true, true);
  fields.expect("share_encoder_decoder_embeddings", true, true);
  shape.vocabulary = fields.integer("vocab_size");
  shape.d_model = fields.integer("d_model");
  shape.encoder_layers = fields.integer("encoder_layers");
  shape.decoder_layers = fields.integer("decoder_layers");
  shape.max_positions = fields.integer("max_position_embeddings", kUnsaidPositions);
  architecture.read(fields, shape);
  check(shape, where);
  return shape;
}

void check_ids(const Json& config, const Vocabulary& vocabulary, const std::string& where) {
  const JsonFields fields(config, where);
  const auto expect = [&](const char* key, int expected, const char* what) {
    if (const int found = fields.integer(key, expected); found != expected) {
      throw Error(concat(where, ": '", key, "' is ", found, ", but ", what, " ", expected,
                         "; tokenizer and weights are of different models"));
    }
  };
  expect("vocab_size", vocabulary.size(), "the pieces in vocab.json number");
  expect("pad_token_id", vocabulary.pad(), "<pad> in vocab.json is");
  expect("decoder_start_token_id", vocabulary.pad(), "<pad>, which starts the decoder, is");
  expect("eos_token_id", vocabulary.end(), "</s> in vocab.json is");
}

std::string huggingface_name(const std::string& canonical) {
  if (canonical == "embedding.weight") return kTable;
  if (canonical == "output_bias") return kOutputBias;
  for (const auto& [ours, theirs] : kParts) {
    if (const auto at = canonical.find(ours); at != std::string::npos) {
      return "model." + std::string(canonical).replace(at, ours.size(), theirs);
    }
  }
  throw std::logic_error(concat("no Hugging Face name for the array '", canonical, "'"));
}

Weights to_file(const Weights& weights, const Shape& shape, TokenId pad, DataType stored) {
  const Form form = form_of(shape);
  Weights arrays;
  for (const auto& [name, array] : weights) {
    arrays[form == Form::own ? name : huggingface_name(name)] = convert(array, stored);
  }
  const std::string table = form == Form::own ? "embedding.weight" : kTable;
  arrays[table] = convert(with_pad_row_zero(weights.at("embedding.weight"), pad), stored);
  if (form == Form::own) return arrays;
  arrays[kOutputBias] = convert(with_pad_bias(weights.at("output_bias"), pad, kNever, {1, shape.vocabulary}), stored);
  if (form == Form::pegasus) {  // in half precision they would change the logits
    for (const char* name : kPositionTables) arrays[name] = position_table(shape);
  }
  return arrays;
}

Weights from_file(Weights arrays, const Shape& shape, TokenId pad, const std::string& where) {
  if (form_of(shape) == Form::own) {
    check_layout(arrays, layout_of(shape), where);
    return arrays;
  }
  drop_redundant(arrays, where);
  check_layout(arrays, file_layout(shape), where);
  Weights weights;
  for (const auto& [name, array_shape] : layout_of(shape)) weights[name] = arrays.at(huggingface_name(name));
  weights["output_bias"] = with_pad_bias(weights["output_bias"], pad, 0, {shape.vocabulary});
  return weights;
}

}  // namespace mynah::model
