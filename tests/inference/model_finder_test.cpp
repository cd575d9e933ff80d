#include "inference/model_finder.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "model/style_scores.h"

namespace mynah::inference {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

/// A variable of the environment that has another value while this lives.
class OtherVariable {
 public:
  OtherVariable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value, 1);
  }
  ~OtherVariable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  OtherVariable(const OtherVariable&) = delete;
  OtherVariable& operator=(const OtherVariable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

/// Folders with just enough in them to look like models.
class ModelFinder : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void add(const fs::path& folder, const std::string& source, const std::string& target) const {
    make_folder(root_ / folder);
    write_file(root_ / folder / "config.json", R"({"model_type": "marian"})");
    write_file(root_ / folder / "tokenizer_config.json",
               concat(R"({"source_lang": ")", source, R"(", "target_lang": ")", target, "\"}"));
  }

  std::string complaint(const std::string& from, const std::string& to, const std::string& sample) const {
    try {
      choose_model(list_models({root_}), from, to, sample);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

  fs::path root_;
};

TEST_F(ModelFinder, ListsModelsByRootAndName) {
  add("b/en-de", "en", "de");
  add("a/zh-en", "zh", "en");
  add("a/en-zh", "en", "zh");
  make_folder(root_ / "a/notes");
  const auto models = list_models({root_ / "a", root_ / "missing", root_ / "b"});
  ASSERT_EQ(models.size(), 3U);
  EXPECT_EQ(models[0].folder, root_ / "a/en-zh");
  EXPECT_EQ(models[0].source_language, "en");
  EXPECT_EQ(models[0].target_language, "zh");
  EXPECT_EQ(models[2].folder, root_ / "b/en-de");
  EXPECT_THAT(describe(models[2]), AllOf(HasSubstr("en-de"), HasSubstr("en → de"), HasSubstr((root_ / "b/en-de").string())));
}

TEST_F(ModelFinder, AnEarlierRootHidesTheSameName) {
  add("a/en-de", "en", "de");
  add("b/en-de", "en", "de");
  const auto models = list_models({root_ / "b", root_ / "a"});
  ASSERT_EQ(models.size(), 1U);
  EXPECT_EQ(models[0].folder, root_ / "b/en-de");
}

TEST_F(ModelFinder, ARootMayBeAModelItself) {
  add("en-de", "en", "de");
  add("en-de/best-bleu", "en", "de");  // a part of it, as train leaves it
  EXPECT_EQ(list_models({root_ / "en-de/"}).size(), 1U);
}

TEST_F(ModelFinder, DamagedModelsAreLeftOut) {
  add("en-de", "en", "de");
  add("broken", "en", "fr");
  write_file(root_ / "broken/tokenizer_config.json", "{");
  EXPECT_EQ(list_models({root_}).size(), 1U);
}

TEST_F(ModelFinder, TheOnlyModelNeedsNoLanguages) {
  add("en-de", "en", "de");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "Hello").folder, root_ / "en-de");
}

TEST_F(ModelFinder, LanguagesChoose) {
  add("en-de", "en", "de");
  add("en-zh", "en", "zh");
  EXPECT_EQ(choose_model(list_models({root_}), "en", "zh", "").folder, root_ / "en-zh");
  EXPECT_EQ(choose_model(list_models({root_}), "", "de", "").folder, root_ / "en-de");
  EXPECT_EQ(choose_model(list_models({root_}), "EN-us", "zh-Hans", "").folder, root_ / "en-zh");
}

TEST_F(ModelFinder, TheScriptOfTheTextChooses) {
  add("en-de", "en", "de");
  add("zh-en", "zh", "en");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "你好，世界").folder, root_ / "zh-en");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "Hello, world").folder, root_ / "en-de");
}

TEST_F(ModelFinder, TheLanguageOfTheTextChooses) {
  for (const char* name : {"de-en", "en-de", "zh-en"}) add(name, std::string(name).substr(0, 2), std::string(name).substr(3));
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "Guten Morgen").folder, root_ / "de-en");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "Good morning").folder, root_ / "en-de");
  EXPECT_EQ(choose_model(list_models({root_}), "", "en", "Hallo").folder, root_ / "de-en");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "你好").folder, root_ / "zh-en");
  EXPECT_THAT(complaint("", "", "42"), AllOf(HasSubstr("--from"), HasSubstr("de-en"), HasSubstr("en-de"), HasSubstr("zh-en")));
}

TEST_F(ModelFinder, WhereNoneFitsItNamesWhatThereIs) {
  add("en-de", "en", "de");
  EXPECT_THAT(complaint("en", "fr", "Hello"), AllOf(HasSubstr("en → fr"), HasSubstr("en-de")));
}

TEST_F(ModelFinder, TheUsersLanguageChoosesWhatToTranslateTo) {
  for (const char* name : {"en-de", "en-zh", "zh-en"}) add(name, std::string(name).substr(0, 2), std::string(name).substr(3));
  const auto chosen_by = [&](const char* locale) {
    const OtherVariable environment("LC_ALL", locale);
    return choose_model(list_models({root_}), "", "", "Good morning, everybody.").folder.filename();
  };
  EXPECT_EQ(chosen_by("de_AT.UTF-8"), "en-de");
  EXPECT_EQ(chosen_by("zh_CN"), "en-zh");
  EXPECT_EQ(chosen_by("de@euro"), "en-de");
  EXPECT_THROW(chosen_by("en_GB.UTF-8"), Error);
  EXPECT_THROW(chosen_by("C.UTF-8"), Error);
  const OtherVariable german("LC_ALL", "de_DE.UTF-8");
  EXPECT_EQ(choose_model(list_models({root_}), "", "zh", "Good morning, everybody.").folder.filename(), "en-zh");
  EXPECT_EQ(choose_model(list_models({root_}), "", "", "早上好").folder.filename(), "zh-en");
}

TEST_F(ModelFinder, WhereSeveralFitItNamesThem) {
  const OtherVariable nobodys("LC_ALL", "C.UTF-8");
  add("en-de", "en", "de");
  add("en-fr", "en", "fr");
  EXPECT_THAT(complaint("", "", "Hello"), AllOf(HasSubstr("--from"), HasSubstr("en-de"), HasSubstr("en-fr")));
  EXPECT_THAT(complaint("", "", "你好"), AllOf(HasSubstr("en-de"), HasSubstr("en-fr")));
}

TEST_F(ModelFinder, WhereThereIsNoneItSaysWhatToDo) { EXPECT_THAT(complaint("", "", ""), HasSubstr("--model")); }

TEST_F(ModelFinder, TheEnvironmentNamesRootsFirst) {
  const OtherVariable models("MYNAH_MODELS", "/one::/two");
  const auto roots = model_roots();
  ASSERT_GE(roots.size(), 3U);
  EXPECT_EQ(roots[0], "/one");
  EXPECT_EQ(roots[1], "/two");
  EXPECT_EQ(roots.back().filename(), "models");
}

TEST_F(ModelFinder, ModelsOfSummariesAreForTheOtherProgram) {
  const std::vector<FoundModel> models{{"en-de", "en", "de"}, {"headline-en", "en", "en", {"headline"}}};
  EXPECT_EQ(choose_model(models, "en", "", "").folder, "en-de");
  EXPECT_EQ(choose_summary_model(models, "")->folder, "headline-en");
  EXPECT_EQ(choose_summary_model(models, "en-US")->folder, "headline-en");
  EXPECT_FALSE(choose_summary_model(models, "de"));
  EXPECT_EQ(describe(models[1]), "headline-en (summaries in en, headline-en)");
  const std::vector<FoundModel> two{models[1], {"titles-en", "en", "en", {"headline"}}};
  EXPECT_THROW(choose_summary_model(two, "en"), Error);
}

TEST_F(ModelFinder, ANamedModelTranslatesWhatIsAskedFor) {
  add("en-de", "en", "de");
  EXPECT_NO_THROW(expect_translates(root_ / "en-de", "en-US", "de"));
  EXPECT_NO_THROW(expect_translates(root_ / "en-de", "", ""));
  for (const auto& [from, to] : {std::pair("en", "fr"), std::pair("zh", "de"), std::pair("", "fr")}) {
    EXPECT_THROW(expect_translates(root_ / "en-de", from, to), Error) << from << to;
  }
}

TEST_F(ModelFinder, AModelIsNotAskedForWhatSentencesOfTheTextDoBetter) {
  const FoundModel found{root_, "en", "en", {"headline", "sentence", "paragraph"}};
  EXPECT_EQ(objection(found.folder, "headline"), "");
  fs::create_directories(root_);
  model::write_style_scores(
      root_, {{"headline", 14.06, 9.3, 200}, {"sentence", 5, 4, 7}, {"bullets", 4.9, 4, 7}, {"paragraph", 3.14, 5.98, 50}});
  EXPECT_EQ(objection(found.folder, "headline"), "");
  EXPECT_EQ(objection(found.folder, "sentence"), "");
  EXPECT_THAT(objection(found.folder, "paragraph"),
              AllOf(HasSubstr("writes a paragraph not clearly better"), HasSubstr("3.1 against 6.0")));
  EXPECT_THAT(objection(found.folder, "bullets"), HasSubstr("4.9 against 4.0"));
}

}  // namespace
}  // namespace mynah::inference
