#include "base/option_list.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// One member of every type, with a list over them.
class Options : public testing::Test {
 protected:
  Options() {
    list_.group("General");
    list_.add("quiet", quiet_, "Say less.").alias("q");
    list_.add("beam-size", beam_, "Hypotheses.").alias("b").value("N");
    list_.group("Training");
    list_.add("seed", seed_, "Seed.");
    list_.add("learn-rate", rate_, "Rate.").alias("lr");
    list_.add("task", task_, "Size.").one_of({"transformer-base", "transformer-big"});
    list_.add("train-sets", sets_, "Corpora.");
    list_.add("weights", weights_, "Weights.");
    list_.add("max-length", limit_, "Limit.");
    list_.add("temperature", temperature_, "Heat.");
    list_.foreign("normalize", "scores are always divided by length here (see --length-penalty)");
  }

  void set(std::string_view name, const std::vector<std::string>& values) { list_.find(name)->set(values); }
  std::string refusal(std::string_view name, const std::vector<std::string>& values) {
    return message_of<UsageError>([&] { set(name, values); });
  }

  bool quiet_ = false;
  int beam_ = 4;
  std::int64_t seed_ = 1;
  double rate_ = 0.0003;
  std::string task_;
  std::vector<std::string> sets_;
  std::vector<double> weights_ = {1, 0.5};
  std::optional<int> limit_;
  std::optional<double> temperature_;
  OptionList list_;
};

TEST_F(Options, RememberTheirOrderGroupsAndDefaults) {
  std::vector<std::string> lines;
  for (const Option& option : list_.options()) lines.push_back(option.group + "/" + option.name + "=" + option.default_text);
  EXPECT_THAT(lines, ElementsAre("General/quiet=false", "General/beam-size=4", "Training/seed=1", "Training/learn-rate=0.0003",
                                 "Training/task=", "Training/train-sets=", "Training/weights=1 0.5",
                                 "Training/max-length=", "Training/temperature="));
}

TEST_F(Options, SetTheirMembers) {
  set("quiet", {});
  set("beam-size", {"12"});
  set("seed", {"-9000000000"});
  set("learn-rate", {"1e-4"});
  set("task", {"transformer-big"});
  set("train-sets", {"a.en", "a.de"});
  set("weights", {"2", ".25", "0"});
  set("max-length", {"7"});
  set("temperature", {"0.5"});
  EXPECT_TRUE(quiet_);
  EXPECT_EQ(beam_, 12);
  EXPECT_EQ(seed_, -9'000'000'000);
  EXPECT_EQ(rate_, 1e-4);
  EXPECT_EQ(task_, "transformer-big");
  EXPECT_THAT(sets_, ElementsAre("a.en", "a.de"));
  EXPECT_THAT(weights_, ElementsAre(2, 0.25, 0));
  EXPECT_EQ(limit_, 7);
  EXPECT_EQ(temperature_, 0.5);
}

TEST_F(Options, GiveTheirValuesAsText) {
  EXPECT_THAT(list_.find("weights")->get(), ElementsAre("1", "0.5"));
  EXPECT_THAT(list_.find("max-length")->get(), IsEmpty());
  limit_ = 9;
  EXPECT_THAT(list_.find("max-length")->get(), ElementsAre("9"));
  rate_ = 0.1 + 0.2;
  EXPECT_THAT(list_.find("learn-rate")->get(), ElementsAre("0.30000000000000004"));
  rate_ = 2e-8;
  EXPECT_THAT(list_.find("learn-rate")->get(), ElementsAre("2e-08"));
}

TEST_F(Options, ReadFlagsInSeveralSpellings) {
  for (const char* yes : {"true", "yes", "on", "1"}) {
    quiet_ = false;
    set("quiet", {yes});
    EXPECT_TRUE(quiet_) << yes;
  }
  for (const char* no : {"false", "no", "off", "0"}) {
    set("quiet", {no});
    EXPECT_FALSE(quiet_) << no;
  }
  EXPECT_EQ(refusal("quiet", {"maybe"}), "--quiet: expected true or false, found 'maybe'");
}

TEST_F(Options, RefuseWhatIsNoNumber) {
  EXPECT_EQ(refusal("beam-size", {"abc"}), "--beam-size: expected a whole number, found 'abc'");
  EXPECT_EQ(refusal("beam-size", {"4.5"}), "--beam-size: expected a whole number, found '4.5'");
  EXPECT_EQ(refusal("beam-size", {""}), "--beam-size: expected a whole number, found ''");
  EXPECT_EQ(refusal("b", {"4 "}), "--beam-size: expected a whole number, found '4 '");
  EXPECT_EQ(refusal("learn-rate", {"fast"}), "--learn-rate: expected a number, found 'fast'");
  EXPECT_EQ(refusal("learn-rate", {"nan"}), "--learn-rate: expected a number, found 'nan'");
  EXPECT_EQ(refusal("weights", {"1", "x"}), "--weights: expected a number, found 'x'");
  EXPECT_EQ(refusal("temperature", {"hot"}), "--temperature: expected a number, found 'hot'");
  EXPECT_EQ(refusal("max-length", {"long"}), "--max-length: expected a whole number, found 'long'");
  EXPECT_EQ(beam_, 4);
}

TEST_F(Options, RefuseNumbersThatDoNotFit) {
  EXPECT_EQ(refusal("beam-size", {"3000000000"}),
            "--beam-size: expected a whole number from -2147483648 to 2147483647, found '3000000000'");
  EXPECT_EQ(refusal("learn-rate", {"1e999"}), "--learn-rate: expected a number, found '1e999'");
}

TEST_F(Options, RefuseSeveralValuesWhereOneIsMeant) {
  EXPECT_EQ(refusal("beam-size", {"1", "2"}), "--beam-size: expected one value, found '1 2'");
  EXPECT_EQ(refusal("task", {}), "--task: expected one value, found ''");
}

TEST_F(Options, RefuseWhatIsNoChoiceButTakeTheDefaultBack) {
  EXPECT_EQ(refusal("task", {"huge"}), "--task: expected one of transformer-base, transformer-big, found 'huge'");
  set("task", {"transformer-big"});
  set("task", {""});
  EXPECT_EQ(task_, "");
}

TEST_F(Options, AreFoundByNameOrAliasInEitherSpelling) {
  for (const char* name : {"learn-rate", "learn_rate", "lr"}) {
    ASSERT_NE(list_.find(name), nullptr) << name;
    EXPECT_EQ(list_.find(name)->name, "learn-rate");
  }
  EXPECT_EQ(list_.find("learnrate"), nullptr);
  EXPECT_EQ(list_.find(""), nullptr);
}

TEST_F(Options, NearestCountsLettersAddedLeftOutReplacedAndSwapped) {
  EXPECT_EQ(list_.nearest("beam-sizes"), "beam-size");
  EXPECT_EQ(list_.nearest("bam-size"), "beam-size");
  EXPECT_EQ(list_.nearest("beam_syze"), "beam-size");
  EXPECT_EQ(list_.nearest("sede"), "seed");
  EXPECT_EQ(list_.nearest("l"), "learn-rate");     // by its alias lr
  EXPECT_EQ(list_.nearest("something-else"), "");  // too far from everything
  EXPECT_EQ(OptionList().nearest("anything"), "");
}

TEST_F(Options, ForeignSpellingsAreExplained) {
  EXPECT_THAT(list_.foreign_explanation("normalize"), testing::Optional(testing::HasSubstr("--length-penalty")));
  EXPECT_EQ(list_.foreign_explanation("mini-batch"), std::nullopt);
}

TEST_F(Options, TwoOfOneNameAreABug) { EXPECT_THROW(list_.add("beam_size", beam_, "Again."), std::logic_error); }

}  // namespace
}  // namespace mynah
