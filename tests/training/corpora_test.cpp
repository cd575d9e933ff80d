#include "training/corpora.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah::training {
namespace {

using Names = std::vector<std::string>;

const model::Languages kLanguages{"en", "de"};

TEST(Corpora, PlainTextGoesTwoByTwo) {
  const auto corpora = corpora_of({"a.en", "a.de", "b.en.gz", "b.de.gz"}, {}, kLanguages, "train-sets");
  ASSERT_EQ(corpora.size(), 2u);
  EXPECT_EQ(corpora[1].paths, (Names{"b.en.gz", "b.de.gz"}));
  EXPECT_TRUE(corpora[1].fields.empty());
}

TEST(Corpora, TablesAndJsonStandAlone) {
  const auto corpora = corpora_of({"a.tsv.xz", "b.en", "b.de", "c.jsonl.zst", "-"}, {}, kLanguages, "train-sets");
  ASSERT_EQ(corpora.size(), 4u);
  EXPECT_EQ(corpora[0].fields, (Names{"1", "2"}));
  EXPECT_EQ(corpora[2].fields, (Names{"en", "de"}));
  EXPECT_EQ(corpora[3].fields, (Names{"1", "2"}));
}

TEST(Corpora, WithFieldsANameWithoutALanguageIsATable) {
  const auto corpora = corpora_of({"pairs.txt", "dev.en", "dev.de"}, {"2", "3"}, kLanguages, "train-sets");
  ASSERT_EQ(corpora.size(), 2u);
  EXPECT_EQ(corpora[0].fields, (Names{"2", "3"}));
  EXPECT_EQ(corpora[1].paths, (Names{"dev.en", "dev.de"}));
}

TEST(Corpora, WhatIsMissingIsSaid) {
  EXPECT_THROW(corpora_of({"a.en", "a.de", "b.en"}, {}, kLanguages, "valid-sets"), UsageError);
  EXPECT_THROW(corpora_of({"a.jsonl"}, {}, {}, "train-sets"), UsageError);
}

TEST(Corpora, AskingForKeysTheFirstLinesAreShown) {
  const TemporaryFolder folder;
  const std::string path =
      write_lines(folder.path() / "c.jsonl", "{\"id\": 1, \"text\": \"a\", \"summary\": \"b\"}\n{\"x\": 2}\n");
  try {
    corpora_of({path}, {}, {}, "train-sets");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("; its first line has \"id\", \"text\", \"summary\"")) << error.what();
  }
}

TEST(Corpora, LanguagesComeFromNamesUnlessGiven) {
  TrainingOptions options;
  options.train_sets = {"/data/train.en.gz", "/data/train.deu"};
  EXPECT_EQ(languages_for(options).source, "en");
  EXPECT_EQ(languages_for(options).target, "deu");
  options.target_lang = "de";
  EXPECT_EQ(languages_for(options).target, "de");
  options.train_sets = {"source.txt", "target"};
  EXPECT_EQ(languages_for(options).source, "");
  EXPECT_EQ(languages_for(options).target, "de");
}

TEST(Corpora, OneWeightPerCorpus) {
  TrainingOptions options;
  options.train_sets = {"a.en", "a.de", "b.tsv"};
  options.weights = {2, 0.5};
  const auto corpora = training_corpora(options, kLanguages);
  EXPECT_EQ(corpora[0].weight, 2);
  EXPECT_EQ(corpora[1].weight, 0.5);
  options.weights = {1};
  EXPECT_THROW(training_corpora(options, kLanguages), UsageError);
}

TEST(Corpora, AStyleForEachOrOneForAll) {
  TrainingOptions options;
  options.train_sets = {"a.jsonl", "b.jsonl"};
  options.valid_sets = {"c.jsonl"};
  options.styles = {"headline"};
  const auto corpora = training_corpora(options, kLanguages);
  EXPECT_EQ(corpora[1].style, "headline");
  EXPECT_EQ(corpora[1].fields, (std::vector<std::string>{"document", "summary"}));
  EXPECT_EQ(validation_corpora(options, kLanguages)[0].style, "headline");
  options.styles = {"headline", "sentence"};
  EXPECT_EQ(training_corpora(options, kLanguages)[1].style, "sentence");
  EXPECT_THROW(validation_corpora(options, kLanguages), UsageError);
  options.fields = {"text", "titles"};
  EXPECT_EQ(training_corpora(options, kLanguages)[0].fields, options.fields);
}

TEST(Corpora, PathsBecomeAbsoluteButStandardInputStays) {
  TrainingOptions options;
  options.train_sets = {"a.en", "-", "/b.de"};
  options.from = "some/../model";
  make_paths_absolute(options);
  EXPECT_EQ(options.train_sets[0], (std::filesystem::current_path() / "a.en").string());
  EXPECT_EQ(options.train_sets[1], "-");
  EXPECT_EQ(options.train_sets[2], "/b.de");
  EXPECT_EQ(options.from, (std::filesystem::current_path() / "model").string());
}

}  // namespace
}  // namespace mynah::training
