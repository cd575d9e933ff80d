#include "packed/packed_file.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "model/safetensors.h"
#include "model/validation_pairs.h"
#include "packed/packing.h"
#include "small_network.h"

namespace mynah::packed {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A model whose folder holds what the record looks at.
class PackedFiles : public testing::Test {
 protected:
  PackedFiles() {
    model_.folder = folder_.path();
    model_.shape = small_shape();
    model_.weights = model::random_weights(model_.shape, 3, 0.3);
    folder_.file("config.json", "{}");
    folder_.file("model.safetensors", "weights");
  }
  void keep_pairs() {
    const auto ids = random_sources(8, 4);
    model::write_validation_pairs(folder_.path(), {{ids[0], ids[1]}, {ids[2], ids[3]}, {ids[4], ids[5]}});
  }
  std::string refusal() const {
    return message_of<Error>([&] { open_packed_file(model_); });
  }
  void replace_in_record(const std::string& from, const std::string& to) const {
    std::string record = content_of(folder_ / "packed.json");
    ASSERT_NE(record.find(from), std::string::npos) << record;
    folder_.file("packed.json", record.replace(record.find(from), from.size(), to));
  }

  TemporaryFolder folder_;
  model::Model model_;
};

TEST_F(PackedFiles, ComeBackAsTheyWereSaved) {
  EXPECT_FALSE(open_packed_file(model_).parameters);
  for (const Precision precision : {Precision::int8, Precision::bfloat16, Precision::float32}) {
    const PackedFile made = make_packed_file(model_, precision);
    save_packed_file(made, model_);
    const PackedFile opened = open_packed_file(model_);
    EXPECT_FALSE(opened.int8);
    ASSERT_TRUE(opened.parameters);
    EXPECT_EQ(opened.parameters->precision, precision);
    const auto expected = pack(model_.shape, model_.weights, precision);
    ASSERT_EQ(opened.parameters->arrays.size(), expected.size());
    for (const auto& [name, array] : expected) {
      EXPECT_TRUE(std::ranges::equal(opened.parameters->arrays.at(name).bytes, array.bytes)) << name;
    }
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(opened.parameters->embedding.panels) % 64, 0U);
  }
}

TEST_F(PackedFiles, TakeTheVerdictsPrecision) {
  EXPECT_EQ(make_packed_file(model_).parameters->precision, Precision::float32);  // nothing to judge by
  keep_pairs();
  const PackedFile made = make_packed_file(model_);
  ASSERT_TRUE(made.int8);
  EXPECT_EQ(made.parameters->precision, allows(*made.int8) ? Precision::int8 : Precision::float32);
  save_packed_file(made, model_);
  const PackedFile opened = open_packed_file(model_);
  EXPECT_EQ(opened.int8->tokens, made.int8->tokens);
  EXPECT_EQ(opened.int8->loss, made.int8->loss);
  EXPECT_EQ(opened.int8->agreement, made.int8->agreement);
  EXPECT_EQ(fitting_precision({Verdict{50, 0.01, 0.99}, {}}), Precision::int8);
  EXPECT_EQ(fitting_precision({Verdict{50, 0.03, 0.99}, {}}), Precision::float32);
  EXPECT_EQ(fitting_precision({}), Precision::float32);
}

TEST_F(PackedFiles, MayHoldTheVerdictAlone) {
  PackedFile made = make_packed_file(model_);
  made.int8 = Verdict{50, 0.01, 0.99};
  save_packed_file(made, model_);
  std::filesystem::remove(folder_ / "packed.safetensors");
  const PackedFile opened = open_packed_file(model_);
  EXPECT_EQ(fitting_precision(opened), Precision::int8);
  EXPECT_FALSE(opened.parameters);
}

TEST_F(PackedFiles, SayWhatWasFound) {
  EXPECT_THAT(described({}), HasSubstr("cannot be judged"));
  EXPECT_THAT(described({Verdict{50, 0.01, 0.99}, {}}),
              AllOf(HasSubstr("50 tokens"), HasSubstr("0.0100"), HasSubstr("99.00 %"), HasSubstr("it is the default")));
  EXPECT_THAT(described({Verdict{50, 0.1, 0.99}, {}}), HasSubstr("float32 stays"));
}

TEST_F(PackedFiles, OfAnotherModelOrVersionAreRefused) {
  save_packed_file(make_packed_file(model_), model_);
  folder_.file("config.json", "{ }");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("packed.json"), HasSubstr("another model")));
  folder_.file("config.json", "{}");
  folder_.file("model.safetensors", "weightz");
  EXPECT_THAT(refusal(), HasSubstr("another model"));
  folder_.file("model.safetensors", "weights");
  EXPECT_EQ(refusal(), "");
  replace_in_record("\"version\": 1", "\"version\": 2");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("packed.json"), HasSubstr("version 2")));
}

TEST_F(PackedFiles, TruncatedOrAlteredAreRefused) {
  keep_pairs();
  save_packed_file(make_packed_file(model_), model_);
  const std::string arrays = content_of(folder_ / "packed.safetensors"), record = content_of(folder_ / "packed.json");
  const auto named = AllOf(HasSubstr("packed.safetensors"), HasSubstr("cut short or altered"));
  folder_.file("packed.safetensors", arrays.substr(0, arrays.size() - 1));
  EXPECT_THAT(refusal(), named);
  std::string altered = arrays;
  altered.back() = static_cast<char>(altered.back() ^ 1);
  folder_.file("packed.safetensors", altered);
  EXPECT_THAT(refusal(), named);
  folder_.file("packed.safetensors", arrays);
  EXPECT_EQ(refusal(), "");
  replace_in_record("\"agreement\": ", "\"agreement\": 1");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("packed.json"), HasSubstr("altered")));
  folder_.file("packed.json", record.substr(0, record.size() / 2));
  EXPECT_THAT(refusal(), HasSubstr("packed.json"));
}

/// A record may be written by anyone: arrays of the wrong size are never read from.
TEST_F(PackedFiles, ArraysThatDoNotFitAreRefused) {
  const auto fits = [&](model::Weights arrays) {
    return message_of<Error>([&] { parameters_of(model_.shape, std::move(arrays), Precision::int8); });
  };
  const model::Weights arrays = pack(model_.shape, model_.weights, Precision::int8);
  EXPECT_EQ(fits(arrays), "");
  for (const auto& [name, array] : arrays) {
    model::Weights damaged = arrays;
    damaged.erase(name);
    EXPECT_THAT(fits(damaged), AllOf(HasSubstr("'" + name + "'"), HasSubstr("missing")));
    damaged[name] = model::make_array(std::vector<float>(3), {3});
    EXPECT_THAT(fits(damaged), AllOf(HasSubstr("'" + name + "'"), HasSubstr("[3]")));
  }
}

TEST_F(PackedFiles, OnlyTransformersArePacked) {
  model_.shape.type = "rnn";
  EXPECT_THAT(message_of<Error>([&] { make_packed_file(model_); }), AllOf(HasSubstr("packing"), HasSubstr("'rnn'")));
}

}  // namespace
}  // namespace mynah::packed
