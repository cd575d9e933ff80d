// train from end to end: what it leaves behind, how it goes on, and what it says when something is wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <sstream>

#include "../training/small_corpus.h"
#include "../training/temporary_folder.h"
#include "model/model.h"
#include "run_program.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;
using training::bytes_of;
using training::TemporaryFolder;
using training::write_lines;
using Words = std::vector<std::string>;

class Train : public testing::Test {
 protected:
  Train() { training::write_small_corpora(folder_.path()); }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  /// A run of a second into `model`. What stands later on the command line counts; lists would grow, so theirs are left out.
  Words command(const std::string& model, const Words& more = {}) const {
    Words words = {MYNAH_TRAIN, "--model", path(model)};
    const auto add = [&](const Words& option) {
      if (std::find(more.begin(), more.end(), option[0]) == more.end()) words.insert(words.end(), option.begin(), option.end());
    };
    add({"--train-sets", path("train.xa"), path("train.xb")});
    add({"--valid-sets", path("valid.xa"), path("valid.xb")});
    add({"--valid-metrics", "ce-mean-words"});
    const bool tunes = std::find(more.begin(), more.end(), "--from") != more.end();
    if (!tunes) {
      words.insert(words.end(), {"--task", "tiny", "--dim-emb", "32", "--dim-ffn", "64", "--enc-depth", "1", "--dec-depth", "1"});
    }
    if (!tunes && std::find(more.begin(), more.end(), "--vocabs") == more.end()) {
      words.insert(words.end(), {"--vocabulary", "330"});
    }
    words.insert(words.end(),
                 {"--max-tokens", "300", "--learn-rate", "0.003", "--lr-warmup", "10u", "--after", "12u", "--disp-freq", "1u",
                  "--threads", "1", "--valid-freq", "0", "--save-freq", "5u", "--maxi-batch", "5"});
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  /// Expects one sentence on standard error that holds all of `parts`, this exit code, and no model.
  void fails(int code, Words words, const Words& parts, const std::string& model = "model") const {
    words.push_back("--quiet");
    const Ran ran = run_program(words);
    EXPECT_EQ(ran.code, code) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("train: ")) << ran.err;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    for (const std::string& part : parts) EXPECT_NE(ran.err.find(part), std::string::npos) << part << " is not in: " << ran.err;
    EXPECT_FALSE(model::is_model(path(model)));
  }

  static std::string last_scores(const std::string& log) {
    const std::size_t begin = log.rfind("Validation at update");
    return begin == std::string::npos ? "none" : log.substr(begin, log.find('\n', begin) - begin);
  }

  TemporaryFolder folder_;
};

TEST_F(Train, LearnsSummariesInStyles) {
  static const std::string kWords[] = {"green", "coffee", "mountain", "whisper", "jackal", "quiz"};
  const auto write = [&](const std::string& name, int sentences) {
    std::string lines;
    for (int row = 0; row < 60; ++row) {
      std::string document;
      for (int i = 0; i < sentences; ++i)
        document += "Badoki lume " + kWords[(row + i) % 6] + kWords[row * i % 6] + " " + kWords[i % 6] + ". ";
      lines += "{\"document\": \"" + document + "\", \"summary\": \"Lume riso " + std::to_string(row) + ".\"}\n";
    }
    write_lines(path(name), lines);
    return path(name);
  };
  const std::string few = write("few.jsonl", 3), many = write("many.jsonl", 40);
  Words words = {MYNAH_TRAIN, "--model", path("model"), "--train-sets", few, many, "--styles", "headline", "sentence"};
  words.insert(words.end(), {"--task", "tiny", "--dim-emb", "32", "--dim-ffn", "64", "--enc-depth", "1", "--dec-depth", "1"});
  words.insert(words.end(), {"--source-lang", "en", "--target-lang", "en", "--vocabulary", "300", "--max-length", "80"});
  words.insert(words.end(), {"--max-tokens", "800", "--after", "5u", "--valid-freq", "0", "--threads", "1", "--hold-out", "10",
                             "--valid-metrics", "ce-mean-words"});
  const Ran ran = run_program(words);
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.err.find("60 reduced to best sentences"), std::string::npos) << ran.err;
  const model::Model model = model::open_model(path("model"));
  EXPECT_EQ(model.styles, (Words{"headline", "sentence"}));
  EXPECT_TRUE(model.tokenizers.vocabulary->id(">>sentence<<"));
  words[2] = path("other");
  words[9] = "Sentence!";
  fails(2, words, {"--styles", "Sentence!"}, "other");
}

TEST_F(Train, LeavesAModelThatOpensAndGoesOnWithNothingButItsPath) {
  Ran ran = run_program(command("model"));
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("Packed for CPUs: over "), std::string::npos) << ran.err;
  EXPECT_EQ(model::open_model(path("model")).languages.target, "xb");
  for (const char* file : {"training.json", "history.jsonl", "curves.svg", "checkpoint/state.json", "validation_pairs.json",
                           "packed.json", "packed.safetensors", "shortlist.safetensors"}) {
    EXPECT_TRUE(fs::exists(folder_.path() / "model" / file)) << file;
  }
  ran = run_program({MYNAH_TRAIN, "--model", path("model")});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.err.find("Nothing is left to do"), std::string::npos) << ran.err;
  ran = run_program(command("model"));  // the whole command again is as good
  EXPECT_NE(ran.err.find("Nothing is left to do"), std::string::npos) << ran.err;
  ran = run_program({MYNAH_TRAIN, "--model", path("model"), "--after", "20u"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.err.find("Going on from update 12"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("--after is \"20u\"; it was \"12u\""), std::string::npos) << ran.err;
}

/// The list that training leaves behind is what is made of the same text later, prepared or not.
TEST_F(Train, MakesAShortlistForAModelThatIsThere) {
  Ran ran = run_program(command("model"));
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.err.find("Lexical shortlist: "), std::string::npos) << ran.err;
  const fs::path list = path("model") + "/shortlist.safetensors";
  const std::string first = bytes_of(list);
  fs::remove(list);
  ran = run_program({MYNAH_TRAIN, "--shortlist-only", "--model", path("model")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(bytes_of(list), first);
  fs::remove(list);
  fs::remove_all(path("model") + "/checkpoint");
  ran = run_program({MYNAH_TRAIN, "--shortlist-only", "--model", path("model")});
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("has no text prepared for training: give --train-sets"), std::string::npos) << ran.err;
  ran = run_program(
      {MYNAH_TRAIN, "--shortlist-only", "--model", path("model"), "--train-sets", path("train.xa"), path("train.xb")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(bytes_of(list), first);
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().string().find("model.shortlist"), std::string::npos) << "left behind";
  }
  fails(2, {MYNAH_TRAIN, "--shortlist-only"}, {"--shortlist-only: expected the model as --model"}, "none");
  fails(1, {MYNAH_TRAIN, "--shortlist-only", "--model", path("none")}, {path("none")}, "none");
}

TEST_F(Train, SignalsSaveAndTheRestGoesAsIfNothingHadHappened) {
  // The signals come off the grid of --save-freq, so that a checkpoint of theirs would show among those that are averaged.
  const Words much = {"--after",   "40u", "--dropout",   "0.1", "--exponential-smoothing", "0.01",
                      "--threads", "2",   "--save-freq", "15u", "--average-checkpoints",   "3"};
  Ran whole = run_program(command("whole", much));
  ASSERT_EQ(whole.code, 0);
  RunningProgram first(command("cut", much));
  ASSERT_NE(first.read_errors_until("u 7 "), "");
  first.signal(SIGINT);
  Ran ran = first.finish();
  EXPECT_EQ(ran.code, 130);
  EXPECT_NE(ran.err.find("go on with: train --model " + path("cut")), std::string::npos) << ran.err;
  RunningProgram second({MYNAH_TRAIN, "--model", path("cut")});
  ASSERT_NE(second.read_errors_until("u 21 "), "");
  second.signal(SIGTERM);
  EXPECT_EQ(second.finish().code, 130);
  ran = run_program({MYNAH_TRAIN, "--model", path("cut")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* file :
       {"model.safetensors", "checkpoint/weights-40.safetensors", "checkpoint/optimizer-40.safetensors",
        "checkpoint/smoothed-15.safetensors", "checkpoint/smoothed-30.safetensors", "checkpoint/smoothed-40.safetensors"}) {
    ASSERT_TRUE(fs::exists(folder_.path() / "cut" / file)) << file;
    EXPECT_TRUE(bytes_of(folder_.path() / "whole" / file) == bytes_of(folder_.path() / "cut" / file)) << file;
  }
  EXPECT_EQ(last_scores(ran.err), last_scores(whole.err));  // of the mean
}

TEST_F(Train, ReadsTablesFromStandardInput) {
  const auto corpus = training::small_corpus(600, 1);
  std::string table;
  for (std::istringstream source(corpus.source), target(corpus.target); true;) {
    std::string left, right;
    if (!std::getline(source, left) || !std::getline(target, right)) break;
    table += left + "\t" + right + "\n";
  }
  ASSERT_LT(table.size(), 60'000u);
  const Ran ran = run_program(command("model", {"--train-sets", "-", "-s", "xa", "--target-lang", "xb", "--after", "2u"}), table);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(model::is_model(path("model")));
}

TEST_F(Train, ASignalBeforeTheFirstUpdateLeavesNoModel) {
  RunningProgram reading(command("model", {"--train-sets", "-", "-s", "xa", "--target-lang", "xb", "--quiet"}));
  reading.write("ba do\tod ab\n");
  while (!fs::exists(path("model/checkpoint/standard-input.tsv.partial"))) usleep(10'000);
  reading.signal(SIGINT);
  const Ran ran = reading.finish();
  EXPECT_EQ(ran.code, 130) << ran.err;
  EXPECT_TRUE(ran.err.starts_with("train: ") && ran.err.find("interrupted") != std::string::npos) << ran.err;
  EXPECT_FALSE(model::is_model(path("model")));
}

TEST_F(Train, MissingAndUnreadableFiles) {
  fails(1, command("model", {"--train-sets", path("none.xa"), path("train.xb")}), {path("none.xa")});
  fails(1, command("model", {"--train-sets", folder_.path().string(), path("train.xb")}), {folder_.path().string(), "folder"});
  fails(1, command("model", {"--valid-sets", path("valid.xa"), path("none.xb")}), {path("none.xb")});
  fails(1, command("model", {"--vocabs", path("none.spm")}), {path("none.spm")});
  fails(1, command("model", {"--vocabs", path("train.xa")}), {path("train.xa")});
  fails(1, command("model", {"--from", path("none")}), {path("none")});
  fails(1, command("model", {"--config", path("none.json")}), {path("none.json")});
}

TEST_F(Train, CorporaThatCannotBeUsed) {
  write_lines(path("short.xb"), "one\ntwo\nthree\n");
  fails(1, command("model", {"--train-sets", path("train.xa"), path("short.xb")}),
        {path("train.xa"), path("short.xb"), "600", "3"});
  write_lines(path("empty.xa"), "");
  write_lines(path("empty.xb"), "");
  fails(1, command("model", {"--train-sets", path("empty.xa"), path("empty.xb")}), {});
  fails(1, command("model", {"--vocabulary", "9000"}), {"9000"});
  fails(2, command("model", {"--train-sets", path("train.xa")}), {"--train-sets", "second file"});
  write_lines(path("one.tsv"), "only one column\n");
  fails(1, command("model", {"--train-sets", path("one.tsv")}), {path("one.tsv"), "1"});
}

TEST_F(Train, OptionsThatCannotBe) {
  fails(2, {MYNAH_TRAIN}, {"--model"});
  fails(2, command("model", {"--drop-out", "0.1"}), {"--drop-out", "dropout"});
  fails(2, command("model", {"--dropout", "1.5"}), {"--transformer-dropout", "1.5"});
  fails(2, command("model", {"--dropout", "much"}), {"dropout", "much"});
  fails(2, command("model", {"--task", "huge"}), {"huge", "tiny"});
  fails(2, command("model", {"--after", "tomorrow"}), {"--after", "tomorrow", "90min"});
  fails(2, command("model", {"--workspace", "4000"}), {"--mini-batch-words"});
  fails(2, command("model", {"--max-epoch", "20"}), {"--after 20e"});
  fails(2, command("model", {"--lr-schedule", "cosine", "--after", "2h"}), {"--lr-schedule"});
  fails(2, command("model", {"--vocabs", path("a.spm"), "--from", path("b")}), {"--vocabs", "--from"});
  fails(2, command("model", {"--dim-emb", "30", "--heads", "7"}), {"--transformer-heads", "--dim-emb", "30", "7"});
  fails(2, command("model", {"--device", "tpu"}), {"--device", "tpu"});
  fails(2, command("model", {"--type", "perceptron"}), {"--type", "perceptron"});
  fails(2, command("model", {"--threads", "100000"}), {"--threads", "at most", "100000"});
  fails(2, command("model", {"--after", "0u"}), {"--after", "above 0", "0u"});
  fails(2, command("model", {"--after", "-5u"}), {"--after", "\"-5u\" is no span"});
  EXPECT_FALSE(fs::exists(path("model")));
}

TEST_F(Train, OptionsOfWhichOneWouldBeIgnored) {
  fails(2, command("model", {"--from", path("base"), "--task", "big"}), {"--task", "--from"});
  fails(2, command("model", {"--vocabs", path("a.spm"), "--vocabulary", "400"}), {"--vocabulary", "--vocabs"});
  fails(2, command("model", {"--vocabs", path("a.spm"), "--tokenizer-type", "unigram"}), {"--tokenizer-type", "--vocabs"});
  fails(2, command("model", {"--hold-out", "5"}), {"--hold-out", "--valid-sets"});
  write_lines(path("config.json"), R"({"hold_out": 5})");
  fails(2, command("model", {"--config", path("config.json")}), {"--hold-out", "--valid-sets"});
  EXPECT_FALSE(fs::exists(path("model")));
}

TEST_F(Train, ConfigurationsThatWereDumpedAndOptionsThatWereStoredIgnoreNothing) {
  const Ran dumped = run_program(command("base", {"--after", "2u", "--dump-config"}));
  ASSERT_EQ(dumped.code, 0) << dumped.err;
  write_lines(path("config.json"), dumped.out);
  Ran ran = run_program({MYNAH_TRAIN, "--config", path("config.json")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  ran = run_program(command("tuned", {"--from", path("base"), "--after", "2u"}));
  EXPECT_EQ(ran.code, 0) << ran.err;
  ran = run_program({MYNAH_TRAIN, "--model", path("tuned"), "--after", "4u"});
  EXPECT_EQ(ran.code, 0) << ran.err;
}

TEST_F(Train, OptionsThatContradictWhatWasBegun) {
  ASSERT_EQ(run_program(command("model")).code, 0);
  const Ran ran = run_program({MYNAH_TRAIN, "--model", path("model"), "--dim-emb", "64", "--quiet"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("--dim-emb 64 contradicts 32"), std::string::npos) << ran.err;
}

TEST_F(Train, PlacesThatCannotBeWritten) {
  write_lines(path("file"), "not a folder");
  fails(1, command("file/model"), {path("file")}, "file/model");
  fs::create_directories(folder_.path() / "finished");
  write_lines(path("finished/config.json"), "{}");
  Ran ran = run_program(command("finished", {"--quiet"}));
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.err.find("--from"), std::string::npos) << ran.err;
}

TEST_F(Train, AFullDiskLeavesTheEarlierCheckpointWhole) {
  ASSERT_EQ(run_program(command("model", {"--after", "4u"})).code, 0);
  const std::string before = bytes_of(path("model/checkpoint/state.json"));
  // Files may grow to 32 KiB only; the optimizer's is larger.
  const std::string limited =
      std::string("trap '' XFSZ; ulimit -f 32; exec ") + MYNAH_TRAIN + " --model " + path("model") + " --after 8u --quiet";
  const Ran ran = run_program({"/bin/bash", "-c", limited});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.err.find(path("model/checkpoint")), std::string::npos) << ran.err;
  EXPECT_EQ(bytes_of(path("model/checkpoint/state.json")), before);
  EXPECT_EQ(run_program({MYNAH_TRAIN, "--model", path("model"), "--after", "8u"}).code, 0);
  for (const auto& entry : fs::recursive_directory_iterator(path("model"))) EXPECT_NE(entry.path().extension(), ".partial");
}

TEST_F(Train, DamagedCheckpointsAreNamed) {
  ASSERT_EQ(run_program(command("model", {"--after", "4u"})).code, 0);
  const auto says = [&](const std::string& part) {
    const Ran ran = run_program({MYNAH_TRAIN, "--model", path("model"), "--after", "8u", "--quiet"});
    EXPECT_EQ(ran.code, 1) << ran.err;
    EXPECT_NE(ran.err.find(part), std::string::npos) << ran.err;
  };
  fs::resize_file(path("model/checkpoint/weights-4.safetensors"), 1000);
  says("weights-4.safetensors");
  write_lines(path("model/checkpoint/state.json"), "{\"version\": 7}");
  says("version");
  write_lines(path("model/checkpoint/state.json"), "{");
  says("state.json");
}

TEST_F(Train, ModelsThatCannotBeFineTuned) {
  ASSERT_EQ(run_program(command("base", {"--after", "2u"})).code, 0);
  fails(2, command("model", {"--from", path("base"), "--dim-emb", "64"}), {"--dim-emb 64 contradicts", path("base"), "32"});
  EXPECT_FALSE(fs::exists(path("model")));
  fs::resize_file(path("base/model.safetensors"), 5000);
  fails(1, command("model", {"--from", path("base")}), {"model.safetensors"});
  write_lines(path("base/config.json"), "{\"model_type\": \"perceptron\"}");
  fails(1, command("model", {"--from", path("base")}), {path("base"), "perceptron"});
}

TEST_F(Train, ChecksDataWithoutAModel) {
  write_lines(path("pairs.tsv"),
              "The key is here.\tDer Schlüssel ist hier.\nThe key is here.\tDer Schlüssel ist hier.\n\tleer\nlast\tletzte\n");
  write_lines(path("test.tsv"), "Last!\tLetzte!\n");
  const Words check = {MYNAH_TRAIN, "--check-data", "--train-sets", path("pairs.tsv"), "-s", "en", "--target-lang", "de"};
  const auto with = [&](const Words& more) {
    Words words = check;
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  };
  Ran ran = with({"--test-sets", path("test.tsv"), "--clean-copy", path("clean"), "--check-report", path("report.json")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* part :
       {"Checked 4 pairs en-de", "duplicate", "pairs.tsv, line 2", "in-test", "test.tsv, line 1", "Written: "}) {
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in: " << ran.out;
  }
  EXPECT_EQ(bytes_of(path("clean/pairs.tsv")), "The key is here.\tDer Schlüssel ist hier.\n");
  EXPECT_NE(bytes_of(path("report.json")).find("\"kept\": 1"), std::string::npos);
  EXPECT_EQ(with({"--strict"}).code, 3);
  EXPECT_EQ(with({"--strict", "--leave-out", "tag"}).code, 0);
  ran = run_program({MYNAH_TRAIN, "--check-data", "--train-sets", "-"}, "only one column\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.err.find("line 1"), std::string::npos) << ran.err;
}

TEST_F(Train, ChecksOfDataThatCannotBe) {
  fails(2, {MYNAH_TRAIN, "--check-data"}, {"--check-data", "--train-sets"});
  fails(2, command("model", {"--clean-copy", path("clean")}), {"--clean-copy", "--check-data"});
  fails(2, command("model", {"--check-data", "--leave-out", "everything"}), {"--leave-out", "everything", "usual"});
  fails(2, command("model", {"--check-data", "--test-sets", path("one.xa")}), {"--test-sets", "second file"});
  fails(1, command("model", {"--check-data", "--check-report", path("none/report.json")}), {path("none/report.json")});
  EXPECT_FALSE(fs::exists(path("model")));
}

TEST_F(Train, VerifiesThatItResumesExactly) {
  const Words much = {"--verify-resume", "--dropout", "0.1", "--exponential-smoothing", "0.01", "--average-checkpoints", "2"};
  const Ran ran = run_program(command("model", much));
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_TRUE(ran.out.starts_with("Resuming is exact: ")) << ran.out << ran.err;
  for (const char* part : {" by SIGTERM", "tensors of weights and optimizer", "threads 1"}) {
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in: " << ran.out;
  }
  EXPECT_FALSE(fs::exists(path("model")));
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().string().find("verify-resume"), std::string::npos) << "left behind";
  }
}

TEST_F(Train, AVerificationThatCannotBe) {
  fails(2, {MYNAH_TRAIN, "--verify-resume"}, {"--train-sets"});
  fails(1, command("model", {"--verify-resume", "--train-sets", path("none.xa"), path("train.xb")}), {path("none.xa")});
  fails(1, command("model", {"--verify-resume", "--vocabulary", "9000"}), {"the trial run itself failed", "9000"});
  EXPECT_FALSE(fs::exists(path("model")));
}

TEST_F(Train, AVerificationThatIsInterruptedLeavesNothing) {
  RunningProgram verifying(command("model", {"--verify-resume"}));
  ASSERT_NE(verifying.read_errors_until("Verifying that training resumes exactly"), "");
  verifying.signal(SIGINT);
  const Ran ran = verifying.finish();
  EXPECT_EQ(ran.code, 130) << ran.err;
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().string().find("verify-resume"), std::string::npos) << "left behind";
  }
}

}  // namespace
}  // namespace mynah
