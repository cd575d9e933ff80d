#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/option_list.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

struct Settings {
  bool quiet = false;
  int beam_size = 4;
  double learn_rate = 0.0003;
  std::string after = "20e";
  std::vector<std::string> train_sets;
  std::vector<double> weights;
  std::optional<int> max_length;

  OptionList list() {
    OptionList list;
    list.add("quiet", quiet, "Say less.");
    list.add("beam-size", beam_size, "Hypotheses.").alias("num-beams");
    list.add("learn-rate", learn_rate, "Rate.");
    list.add("after", after, "End.").one_of({"20e", "50Ku"});
    list.add("train-sets", train_sets, "Corpora.");
    list.add("weights", weights, "Weights.");
    list.add("max-length", max_length, "Limit.");
    list.foreign("max-tokens", "it is --mini-batch-words here");
    return list;
  }
};

void read(Settings& settings, std::string_view json) { options_from_json(settings.list(), Json::parse(json), "run.json"); }

std::string refusal(std::string_view json) {
  Settings settings;
  return message_of<UsageError>([&] { read(settings, json); });
}

TEST(OptionsToJson, KeepsTypesAndLeavesOutWhatIsUnset) {
  Settings settings;
  settings.train_sets = {"a", "b"};
  settings.weights = {0.5, 2};
  EXPECT_EQ(options_to_json(settings.list()).dump(),
            R"({"quiet":false,"beam_size":4,"learn_rate":0.0003,"after":"20e","train_sets":["a","b"],"weights":[0.5,2]})");
  settings.max_length = 9;
  EXPECT_EQ(options_to_json(settings.list())["max_length"], 9);
}

TEST(OptionsFromJson, SetsMembers) {
  Settings settings;
  read(settings, R"({"quiet": true, "beam_size": 6, "learn_rate": 1, "after": "50Ku", "train_sets": ["a", "b"],
                     "weights": [1, 0.25], "max_length": 3})");
  EXPECT_TRUE(settings.quiet);
  EXPECT_EQ(settings.beam_size, 6);
  EXPECT_EQ(settings.learn_rate, 1.0);
  EXPECT_EQ(settings.after, "50Ku");
  EXPECT_THAT(settings.train_sets, testing::ElementsAre("a", "b"));
  EXPECT_THAT(settings.weights, testing::ElementsAre(1, 0.25));
  EXPECT_EQ(settings.max_length, 3);
}

TEST(OptionsFromJson, TakesDashesAndAliases) {
  Settings settings;
  read(settings, R"({"learn-rate": 0.5, "num_beams": 2})");
  EXPECT_EQ(settings.learn_rate, 0.5);
  EXPECT_EQ(settings.beam_size, 2);
}

TEST(OptionsFromJson, ReadsBackWhatWasWritten) {
  Settings written;
  written.learn_rate = 1.0 / 3;
  written.weights = {1e-300, 123456789.125};
  written.max_length = -1;
  Settings back;
  options_from_json(back.list(), options_to_json(written.list()), "run.json");
  EXPECT_EQ(back.learn_rate, written.learn_rate);
  EXPECT_EQ(back.weights, written.weights);
  EXPECT_EQ(back.max_length, written.max_length);
}

TEST(OptionsFromJson, NamesFileKeyAndNearestForAnUnknownKey) {
  EXPECT_EQ(refusal(R"({"beam_sise": 4})"), "run.json: unknown option 'beam_sise': the nearest known one is 'beam_size'");
}

TEST(OptionsFromJson, ExplainsForeignKeys) {
  EXPECT_EQ(refusal(R"({"max_tokens": 4})"), "run.json: unknown option 'max_tokens': it is --mini-batch-words here");
}

TEST(OptionsFromJson, RefusesValuesOfTheWrongType) {
  EXPECT_EQ(refusal(R"({"beam_size": "4"})"), "run.json: 'beam_size': expected a whole number, found \"4\"");
  EXPECT_EQ(refusal(R"({"beam_size": 4.5})"), "run.json: 'beam_size': expected a whole number, found 4.5");
  EXPECT_EQ(refusal(R"({"quiet": 1})"), "run.json: 'quiet': expected true or false, found 1");
  EXPECT_EQ(refusal(R"({"learn_rate": null})"), "run.json: 'learn_rate': expected a number, found null");
  EXPECT_EQ(refusal(R"({"after": 20})"), "run.json: 'after': expected text in quotes, found 20");
  EXPECT_EQ(refusal(R"({"train_sets": "a"})"), "run.json: 'train_sets': expected a list of texts, found \"a\"");
  EXPECT_EQ(refusal(R"({"weights": ["1"]})"), "run.json: 'weights': expected a list of numbers, found [\"1\"]");
}

TEST(OptionsFromJson, NamesTheFileWhenTheOptionRefuses) {
  EXPECT_EQ(refusal(R"({"after": "soon"})"), "run.json: --after: expected one of 20e, 50Ku, found 'soon'");
  EXPECT_EQ(refusal(R"({"beam_size": 3000000000})"),
            "run.json: --beam-size: expected a whole number from -2147483648 to 2147483647, found '3000000000'");
}

TEST(OptionsFromJson, RefusesWhatIsNoObject) {
  EXPECT_EQ(refusal("[1]"), "run.json: expected an object of options, found array");
}

}  // namespace
}  // namespace mynah
