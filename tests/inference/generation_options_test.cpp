#include "inference/generation_options.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/option_list.h"

namespace mynah::inference {
namespace {

using testing::HasSubstr;

struct Listed {
  GenerationOptions options;
  OptionList list;
  Listed() { list_options(options, list); }
  void set(const std::string& name, const std::string& value) { list.find(name)->set({value}); }
};

std::string complaint(const std::string& name, const std::string& value) {
  Listed listed;
  listed.set(name, value);
  try {
    validate(listed.options);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(GenerationOptions, DefaultsAreValid) { EXPECT_NO_THROW(validate(GenerationOptions())); }

TEST(GenerationOptions, EveryOptionSetsItsMember) {
  Listed listed;
  listed.set("b", "7");
  listed.set("lenpen", "0.6");
  listed.set("output-sampling", "true");
  listed.set("sampling_topk", "9");
  listed.set("cpu-threads", "3");
  listed.set("prefix", "Hallo");
  listed.set("seed", "42");
  EXPECT_EQ(listed.options.search.beam, 7);
  EXPECT_EQ(listed.options.search.length_penalty, 0.6);
  EXPECT_TRUE(listed.options.search.sample);
  EXPECT_EQ(listed.options.search.top_k, 9);
  EXPECT_EQ(listed.options.threads, 3);
  EXPECT_EQ(listed.options.prefix, "Hallo");
  EXPECT_EQ(listed.options.search.seed, 42);
}

TEST(GenerationOptions, OtherToolkitsSpellingsAreKnownOrExplained) {
  const Listed listed;
  for (const char* spelling : {"num_beams", "beam_size", "length_penalty", "lenpen", "no_repeat_ngram_size", "do_sample",
                               "max_decoding_length", "sampling_temperature", "batch_size"}) {
    EXPECT_NE(listed.list.find(spelling), nullptr) << spelling;
  }
  for (const char* spelling : {"early_stopping", "num_return_sequences", "num_hypotheses", "max-tokens", "workspace"}) {
    EXPECT_TRUE(listed.list.foreign_explanation(spelling).has_value()) << spelling;
  }
}

TEST(GenerationOptions, ValuesOutOfRangeNameTheOption) {
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"beam-size", "0"},
                                                                                    {"normalize", "11"},
                                                                                    {"min-length", "-1"},
                                                                                    {"max-length", "0"},
                                                                                    {"max-length-factor", "-1"},
                                                                                    {"max-length-offset", "-1"},
                                                                                    {"no-repeat-ngram", "-2"},
                                                                                    {"repetition-penalty", "0"},
                                                                                    {"temperature", "0"},
                                                                                    {"top-k", "-1"},
                                                                                    {"top-p", "1.5"},
                                                                                    {"max-source-length", "2"},
                                                                                    {"mini-batch", "-1"},
                                                                                    {"maxi-batch", "0"},
                                                                                    {"threads", "-1"}}) {
    EXPECT_THAT(complaint(name, value), testing::AllOf(HasSubstr("--" + name), HasSubstr(value))) << name;
  }
}

TEST(GenerationOptions, ContradictionsAreSaid) {
  EXPECT_THAT(complaint("temperature", "0.5"), HasSubstr("--output-sampling"));
  EXPECT_THAT(complaint("min-length", "600"), HasSubstr("--max-length"));
}

}  // namespace
}  // namespace mynah::inference
