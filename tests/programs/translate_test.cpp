// The program translate from end to end, run as a user runs it, good input and bad.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "model/shortlist_file.h"
#include "run_program.h"
#include "tiny_model.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// One sentence on standard error, under the program's name, and this exit code.
void expect_complaint(const Ran& ran, int code, const testing::Matcher<std::string>& what) {
  EXPECT_EQ(ran.code, code);
  EXPECT_THAT(lines_of(ran.err), testing::SizeIs(1)) << ran.err;
  EXPECT_THAT(ran.err, AllOf(StartsWith("translate: "), what));
  EXPECT_THAT(ran.out, IsEmpty());
}

class Translate : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_ = fs::path(testing::TempDir()) / concat("translate_test.", getpid());
    fs::create_directories(shared_);
    write_tiny_model(shared_ / "en-de");
  }
  static void TearDownTestSuite() { fs::remove_all(shared_); }
  void SetUp() override {
    folder_ = shared_ / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder_);
  }

  static std::string model() { return shared_ / "en-de"; }
  static std::vector<std::string> command(std::vector<std::string> words) {
    words.insert(words.begin(), MYNAH_TRANSLATE);
    return words;
  }
  /// With the tiny model, and no empty targets.
  static std::vector<std::string> with_model(std::vector<std::string> words) {
    words.insert(words.begin(), {"--model", model(), "--min-length", "3"});
    return command(std::move(words));
  }
  static Ran translate(std::vector<std::string> words, const std::string& input = "") {
    return run_program(with_model(std::move(words)), input);
  }
  std::string file(const std::string& name, const std::string& content) const {
    write_file(folder_ / name, content);
    return folder_ / name;
  }
  /// A copy of the model to be spoilt.
  fs::path copy() const {
    fs::copy(model(), folder_ / "copy");
    return folder_ / "copy";
  }
  /// What translate says about a model directory.
  static Ran open(const fs::path& folder) { return run_program(command({"--model", folder, "Hello."})); }

  static fs::path shared_;
  fs::path folder_;
};
fs::path Translate::shared_;

const std::string kText = "Good morning!\n\nThe cat sleeps. Where is the dog?\n  \nGood night.\n";

TEST_F(Translate, WordsAreOneText) {
  const Ran words = translate({"Good", "morning!"});
  EXPECT_EQ(words.code, 0);
  EXPECT_EQ(lines_of(words.out).size(), 1U);
  EXPECT_THAT(words.out, Not(IsEmpty()));
  EXPECT_THAT(words.err, IsEmpty());
  EXPECT_EQ(translate({"Good morning!"}).out, words.out);
  EXPECT_EQ(translate({"--quiet"}, "Good morning!\n").out, words.out);
}

TEST_F(Translate, OneLineOutForEachLineInWhereverItComesFrom) {
  const Ran piped = translate({}, kText);
  EXPECT_EQ(piped.code, 0);
  const auto lines = lines_of(piped.out);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[1], "");
  EXPECT_EQ(lines[3], "");
  for (const std::size_t i : {0U, 2U, 4U}) EXPECT_NE(lines[i], "");
  EXPECT_THAT(piped.err, HasSubstr("5 lines, 4 sentences"));

  const std::string output = folder_ / "output";
  const Ran files = translate({"--input", file("input", kText), "--output", output, "--quiet"});
  EXPECT_EQ(files.code, 0);
  EXPECT_THAT(files.out, IsEmpty());
  EXPECT_THAT(files.err, Not(HasSubstr("5 lines")));
  EXPECT_EQ(read_file(output), piped.out);
  EXPECT_FALSE(fs::exists(output + ".partial"));
}

TEST_F(Translate, ResultsDoNotDependOnBatchesAndThreads) {
  std::string text;
  column_of_small_corpus(false)([&](std::string_view line) { text.append(line).append("\n"); });
  const std::string input = file("input", text);
  const Ran together = translate({"-i", input});
  const Ran apart = translate({"-i", input, "--mini-batch", "1", "--threads", "1"});
  EXPECT_EQ(std::ranges::count(together.out, '\n'), std::ranges::count(text, '\n'));
  EXPECT_EQ(together.out, apart.out);
}

TEST_F(Translate, ALineOfAnyLengthIsTranslatedWhole) {
  std::string line;
  for (int i = 0; i < 300; ++i) line += "the cat and ";
  const Ran ran = translate({}, line + "\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(lines_of(ran.out).size(), 1U);
  EXPECT_THAT(ran.err, HasSubstr("was over the model's limit (--max-source-length) and translated in parts"));
}

TEST_F(Translate, BrokenBytesAreRepairedAndSaid) {
  const Ran ran = translate({}, "caf\xe9\nGood night.\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(lines_of(ran.out).size(), 2U);
  EXPECT_THAT(ran.err, HasSubstr("1 line was repaired: 1 invalid UTF-8 sequence"));
}

TEST_F(Translate, NBestIsInMariansForm) {
  const auto lines = lines_of(translate({"--n-best", "-b", "3", "--quiet"}, "Good morning!\n\nGood night.\n").out);
  ASSERT_EQ(lines.size(), 7U);  // three, one for the blank line, three
  for (const std::string& line : lines) EXPECT_THAT(line, HasSubstr(" ||| F0= "));
  EXPECT_THAT(lines[2], StartsWith("0 ||| "));
  EXPECT_THAT(lines[3], StartsWith("1 |||  ||| F0= 0 |||"));
  EXPECT_THAT(lines[6], StartsWith("2 ||| "));
  const auto score = [](const std::string& line) { return std::stod(line.substr(line.rfind(' '))); };
  EXPECT_GE(score(lines[0]), score(lines[1]));
  EXPECT_GE(score(lines[1]), score(lines[2]));
}

TEST_F(Translate, AlignmentAndWordScoresFollowTheText) {
  const std::string out = translate({"--alignment", "--word-scores", "Good morning!"}).out;
  EXPECT_THAT(out, testing::ContainsRegex("\\|\\|\\| [0-9]+-0 .*\\|\\|\\| WordScores= -[0-9.]+ "));
}

TEST_F(Translate, JsonHasEverything) {
  const Ran ran = translate({"--json", "--alignment"}, kText);
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 5U);
  const auto json = nlohmann::json::parse(lines[2]);
  EXPECT_EQ(json["line"], 2);
  EXPECT_EQ(json["text"], lines_of(translate({}, kText).out)[2]);
  ASSERT_EQ(json["sentences"].size(), 2U);
  const auto& candidate = json["sentences"][0]["candidates"][0];
  EXPECT_EQ(candidate["alignment"].size(), candidate["pieces"].size());
  EXPECT_EQ(candidate["log_probabilities"].size(), candidate["pieces"].size() + 1);
}

TEST_F(Translate, SamplingRepeatsWithItsSeed) {
  const auto with_seed = [](const std::string& seed) {
    return translate({"--output-sampling", "--temperature", "2", "--seed", seed, "Good morning!"}).out;
  };
  EXPECT_EQ(with_seed("1"), with_seed("1"));
  EXPECT_NE(with_seed("1"), with_seed("2"));
}

TEST_F(Translate, LengthsAndPrefixAreKept) {
  const auto pieces = [](std::vector<std::string> words) {
    words.insert(words.end(), {"--json", "Good morning!"});
    const auto json = nlohmann::json::parse(translate(std::move(words)).out);
    return json["sentences"][0]["candidates"][0]["pieces"].size();
  };
  EXPECT_GE(pieces({"--min-length", "15"}), 15U);
  EXPECT_LE(pieces({"--max-length", "5"}), 4U);
  EXPECT_THAT(translate({"--prefix", "Guten", "Good morning!"}).out, StartsWith("Guten"));
}

TEST_F(Translate, ScoresItselfAgainstAReference) {
  const std::string output = translate({"--quiet"}, kText).out;
  const Ran ran = translate({"--quiet", "--score", file("reference", output)}, kText);
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, output);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("BLEU|nrefs:1"), HasSubstr("chrF2|nrefs:1"), HasSubstr(" = 100.00")));
  const std::string reference = file("reference", output);
  expect_complaint(translate({"--quiet", "--score", reference, "--output", reference}, kText), 1,
                   HasSubstr("--output would replace"));
  EXPECT_EQ(read_file(reference), output);
  const Ran json = translate({"--quiet", "--json", "--metrics", "chrf", "--score", file("reference", output)}, kText);
  EXPECT_NEAR(nlohmann::json::parse(lines_of(json.err).back())["chrf"]["score"].get<double>(), 100, 1e-9);
}

TEST_F(Translate, ScoresGivenPairs) {
  const std::string best = translate({"Good morning!"}).out;
  const std::string sources = file("sources", "Good morning!\nGood morning!\n");
  const std::string targets = file("targets", best + "Die Stadt, die Stadt, die Stadt und noch eine Stadt.\n");
  const Ran ran = translate({"--score-only", "--input", sources, "--score", targets});
  EXPECT_EQ(ran.code, 0);
  const auto scores = lines_of(ran.out);
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_GT(std::stod(scores[0]), std::stod(scores[1]));
  EXPECT_LT(std::stod(scores[0]), 0);
}

TEST_F(Translate, ALineIsGivenBeforeTheNextComes) {
  RunningProgram program(with_model({"--quiet"}));
  program.write("Good morning!\n");
  const std::string first = program.read_line();
  EXPECT_NE(first, "");
  program.write("Good night.\n");
  EXPECT_NE(program.read_line(), "");
  EXPECT_EQ(program.finish().code, 0);
  EXPECT_EQ(first + "\n", translate({"Good morning!"}).out);
}

TEST_F(Translate, AsksForLinesAtATerminal) {
  if (!has_terminals()) GTEST_SKIP() << "this system gives no pseudo-terminal; is /dev/pts mounted?";
  RunningProgram program(with_model({}), {}, RunningProgram::Input::terminal);
  EXPECT_THAT(program.read_errors_until("> "), EndsWith("> "));
  program.write("Good morning!\n");
  EXPECT_EQ(program.read_line() + "\n", translate({"Good morning!"}).out);
  EXPECT_THAT(program.read_errors_until("> "), EndsWith("> "));
  program.write("\x04");
  EXPECT_EQ(program.finish().code, 0);
}

TEST_F(Translate, HelpNeedsNoModel) {
  for (const char* question : {"--help", "--version", "--build-info", "--man", "--dump-config"}) {
    const Ran ran = run_program(command({question}));
    EXPECT_EQ(ran.code, 0) << question;
    EXPECT_THAT(ran.out, Not(IsEmpty())) << question;
    EXPECT_THAT(ran.err, IsEmpty()) << question;
  }
}

TEST_F(Translate, TheModelIsFoundByLanguages) {
  const RunningProgram::Environment here{{"MYNAH_MODELS", shared_.string()}};
  const Ran list = run_program(command({"--list-models"}), "", here);
  EXPECT_THAT(list.out, HasSubstr("en-de (en → de, " + model()));
  EXPECT_EQ(run_program(command({"--from", "en", "--to", "de", "--min-length", "3", "Good morning!"}), "", here).out,
            translate({"Good morning!"}).out);
  expect_complaint(run_program(command({"--from", "en", "--to", "xx", "Hello."}), "", here), 1,
                   AllOf(HasSubstr("en → xx"), HasSubstr("en-de")));
}

TEST_F(Translate, InterruptedWorkIsSavedAndGoneOnWith) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "The cat sleeps, and the dog runs over the hill, and nobody knows where they are.\n";
  const std::string input = file("input", text), output = folder_ / "output", whole = folder_ / "whole";
  const std::vector<std::string> slowly{"-i", input, "--mini-batch", "2", "--min-length", "25"};
  const auto into = [&](const std::string& path, std::vector<std::string> more) {
    more.insert(more.end(), slowly.begin(), slowly.end());
    more.insert(more.end(), {"-o", path});
    return with_model(more);
  };
  EXPECT_EQ(run_program(into(whole, {})).code, 0);
  RunningProgram program(into(output, {}));
  while (!fs::exists(output + ".partial.json")) usleep(10'000);
  program.signal(SIGINT);
  const Ran ran = program.finish();
  EXPECT_EQ(ran.code, 130);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("translate: interrupted after "), HasSubstr("--resume")));
  EXPECT_FALSE(fs::exists(output));
  EXPECT_LT(fs::file_size(output + ".partial"), fs::file_size(whole));
  expect_complaint(run_program(into(output, {})), 1, AllOf(HasSubstr("--resume"), HasSubstr("--restart")));
  expect_complaint(run_program(into(output, {"--resume", "--beam-size", "1"})), 1, HasSubstr("--beam-size was 2 and is 1"));
  EXPECT_EQ(run_program(into(output, {"--resume"})).code, 0);
  EXPECT_EQ(read_file(output), read_file(whole));
  EXPECT_FALSE(fs::exists(output + ".partial"));
  EXPECT_FALSE(fs::exists(output + ".partial.json"));
}

TEST_F(Translate, InterruptedWhileItWaitsForInputItGivesWhatItHas) {
  RunningProgram program(with_model({}));
  program.write("Good morning!\n");
  EXPECT_NE(program.read_line(), "");
  program.signal(SIGINT);
  const Ran ran = program.finish();
  EXPECT_EQ(ran.code, 130);
  EXPECT_THAT(ran.err, HasSubstr("translate: interrupted"));
}

TEST_F(Translate, AClosedOutputEndsItQuietly) {
  RunningProgram program(with_model({"--quiet"}));
  program.close_output();
  program.write("Good morning!\n");
  const Ran ran = program.finish();
  EXPECT_EQ(ran.code, 141);
  EXPECT_THAT(ran.err, IsEmpty());
}

TEST_F(Translate, InputThatCannotBeReadIsNamed) {
  const std::string missing = folder_ / "missing";
  expect_complaint(translate({"-i", missing}), 1, AllOf(HasSubstr(missing), HasSubstr("no such file")));
  expect_complaint(translate({"-i", folder_}), 1, AllOf(HasSubstr(folder_), HasSubstr("holds no file named *.txt")));
  expect_complaint(translate({"--score", missing}, "Hello.\n"), 1, HasSubstr(missing));
  const std::string damaged = file("damaged.gz", "\x1f\x8b this is no gzip at all");
  expect_complaint(translate({"-i", damaged}), 1, HasSubstr(damaged));
}

TEST_F(Translate, OutputThatCannotBeWrittenIsNamed) {
  const std::string nowhere = folder_ / "missing" / "output";
  expect_complaint(translate({"-o", nowhere}, "Hello.\n"), 1, HasSubstr(nowhere));
  expect_complaint(translate({"-o", folder_}, "Hello.\n"), 1, HasSubstr(folder_));
  expect_complaint(translate({"-o", "/dev/full", "--quiet"}, "Hello.\n"), 1, HasSubstr("/dev/full"));
}

TEST_F(Translate, UnequalReferencesNameBothCounts) {
  const std::string reference = file("reference", "Eins.\nZwei.\n");
  const Ran translated = translate({"--quiet", "--score", reference}, "Hello.\n");
  EXPECT_EQ(translated.code, 1);
  EXPECT_THAT(translated.err, AllOf(HasSubstr("1 line"), HasSubstr("has 2"), HasSubstr(reference)));
  expect_complaint(translate({"--score-only", "--score", reference}, "Hello.\n"), 1,
                   AllOf(HasSubstr("1 line"), HasSubstr("has 2")));
}

TEST_F(Translate, WrongCommandLinesAreExplained) {
  expect_complaint(translate({"--beem-size", "3", "Hello."}), 2, AllOf(HasSubstr("--beem-size"), HasSubstr("--beam-size")));
  expect_complaint(translate({"--num-return-sequences", "3", "Hello."}), 2, HasSubstr("--n-best"));
  expect_complaint(translate({"--beam-size", "0", "Hello."}), 2, AllOf(HasSubstr("--beam-size"), HasSubstr("0")));
  expect_complaint(translate({"--beam-size", "many", "Hello."}), 2, AllOf(HasSubstr("--beam-size"), HasSubstr("many")));
  expect_complaint(translate({"--temperature", "0.5", "Hello."}), 2, HasSubstr("--output-sampling"));
  expect_complaint(translate({"--score-only"}, "Hello.\n"), 2, HasSubstr("--score REFERENCE"));
  expect_complaint(translate({"Hello.", "-i", "somewhere"}), 2, HasSubstr("--input"));
  expect_complaint(translate({"--device", "toaster", "Hello."}), 1, HasSubstr("toaster"));
}

TEST_F(Translate, AMissingModelIsNamed) {
  const fs::path missing = folder_ / "missing";
  expect_complaint(open(missing), 1, HasSubstr(missing));
  expect_complaint(open(folder_), 1, HasSubstr(folder_));
  const fs::path copied = copy();
  for (const char* name : {"vocab.json", "source.spm", "model.safetensors", "config.json"}) {
    fs::rename(copied / name, folder_ / name);
    expect_complaint(open(copied), 1, HasSubstr(copied));
    fs::rename(folder_ / name, copied / name);
  }
}

TEST_F(Translate, DamagedWeightsAreNamed) {
  const fs::path weights = copy() / "model.safetensors";
  const std::string whole = read_file(weights);
  for (const std::string& damaged : {whole.substr(0, whole.size() / 2), whole.substr(0, 5), std::string(),
                                     "\xff\xff\xff\xff" + whole.substr(4), whole.substr(0, 8) + "}" + whole.substr(9)}) {
    write_file(weights, damaged);
    expect_complaint(open(weights.parent_path()), 1, HasSubstr(weights));
  }
}

TEST_F(Translate, ATokenizerThatDoesNotFitIsNamed) {
  const fs::path copied = copy();
  auto vocabulary = nlohmann::ordered_json::parse(read_file(copied / "vocab.json"));
  vocabulary["one too many"] = vocabulary.size();
  write_file(copied / "vocab.json", vocabulary.dump());
  expect_complaint(open(copied), 1, HasSubstr(copied));
}

TEST_F(Translate, AnUnknownArchitectureIsNamed) {
  const fs::path copied = copy();
  auto config = nlohmann::ordered_json::parse(read_file(copied / "config.json"));
  config["model_type"] = "perceptron";
  write_file(copied / "config.json", config.dump());
  expect_complaint(open(copied), 1, AllOf(HasSubstr(copied / "config.json"), HasSubstr("perceptron")));
}

TEST_F(Translate, Int8DoesNotDependOnTheCpu) {
  const std::string text = "The cat sleeps.\nA dog runs in the garden.\n";
  const std::string expected = translate({"--precision", "int8"}, text).out;
  EXPECT_THAT(lines_of(expected), testing::SizeIs(2));
  for (const char* cap : {"plain", "avx2", "avx2_vnni", "avx512_vnni"}) {
    EXPECT_EQ(translate({"--precision", "int8", "--cpu-features", cap}, text).out, expected) << cap;
  }
}

TEST_F(Translate, PacksAModelIntoItsFolder) {
  const fs::path folder = copy();
  const std::string plain = open(folder).out;
  const Ran ran = run_program(command({"--model", folder, "--pack"}));
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, HasSubstr("Packed " + folder.string()));
  EXPECT_TRUE(fs::exists(folder / "packed.json"));
  EXPECT_EQ(open(folder).out, plain);
  EXPECT_THAT(open(folder).err, Not(HasSubstr("packed")));
  write_file(folder / "packed.safetensors", "short");
  const Ran again = open(folder);
  EXPECT_EQ(again.out, plain);
  EXPECT_THAT(again.err, AllOf(HasSubstr("packed.safetensors was cut short or altered"), HasSubstr("packed anew")));
}

TEST_F(Translate, AShortlistSaysWhatTargetsAreMadeOf) {
  const Vocabulary vocabulary = Vocabulary::open(fs::path(model()) / "vocab.json");
  std::vector<std::vector<TokenId>> none(static_cast<std::size_t>(vocabulary.size()));
  std::vector<TokenId> all, few = {vocabulary.end(), vocabulary.unknown()};
  for (TokenId id = 0; id + 1 < vocabulary.size(); ++id) all.push_back(id);
  for (TokenId id = 2; id + 1 < vocabulary.size(); id += 3) few.push_back(id);
  const std::string whole = folder_ / "whole.safetensors", third = folder_ / "third.safetensors";
  model::save_shortlist({all, none}, vocabulary, whole);
  model::save_shortlist({few, none}, vocabulary, third);
  const std::string text = "The cat sleeps.\nA dog runs in the garden.\nGood morning!\n";
  const auto translated = [&](const std::string& list, const std::string& precision, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--no-guard", "--precision", precision, "--shortlist", list});
    const Ran ran = translate(more, text);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.out;
  };
  for (const char* precision : {"int8", "float32"}) {
    EXPECT_EQ(translated(whole, precision, {"--json"}), translated("off", precision, {"--json"}));
    const std::string listed = translated(third, precision, {"--json"});
    EXPECT_NE(listed, translated("off", precision, {"--json"}));
    EXPECT_EQ(translated(third, precision, {"--json", "--mini-batch", "1"}), listed);
  }
  EXPECT_EQ(translated(third, "float32"), translated(third, "float32", {"--engine", "libtorch"}));
}

TEST_F(Translate, LexicalTablesOfMarianAreShortlists) {
  const Vocabulary vocabulary = Vocabulary::open(fs::path(model()) / "vocab.json");
  std::string table = "unheard-of unheard-of 1\n";
  for (TokenId id = 2; id + 1 < vocabulary.size(); id += 3)
    table += concat(vocabulary.piece(id), ' ', vocabulary.piece(5), " 0.5\n");
  const Ran ran = translate({"--shortlist", file("lex.s2t", table)}, "The cat sleeps.\n");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("lex.s2t: 1 line names a piece that the model's vocabulary does not have (unheard-of)"));
}

TEST_F(Translate, AShortlistThatIsNoneIsNamed) {
  expect_complaint(translate({"--shortlist", "on"}, "Hello."), 1,
                   AllOf(HasSubstr("--shortlist on"), HasSubstr(model()), HasSubstr("has no shortlist.safetensors")));
  expect_complaint(translate({"--shortlist", "none.s2t"}, "Hello."), 1, HasSubstr("none.s2t"));
  const std::string words = file("words.s2t", "Haus house 0.5\n");
  expect_complaint(translate({"--shortlist", words}, "Hello."), 1, AllOf(HasSubstr(words), HasSubstr("are its words pieces")));
  const std::string short_of = file("cut.safetensors", "short");
  expect_complaint(translate({"--shortlist", short_of}, "Hello."), 1, HasSubstr(short_of));
}

TEST_F(Translate, AModelOfALaterVersionIsNamed) {
  const fs::path copied = copy();
  auto training = nlohmann::ordered_json::parse(read_file(copied / "training.json"));
  ASSERT_TRUE(training.contains("version"));
  training["version"] = 999;
  write_file(copied / "training.json", training.dump());
  expect_complaint(open(copied), 1, AllOf(HasSubstr(copied / "training.json"), HasSubstr("999")));
}

}  // namespace
}  // namespace mynah
