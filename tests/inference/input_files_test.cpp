#include "inference/input_files.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/files.h"
#include "base/random.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

struct Reading : testing::Test {
  /// Lines as text, ends of files as "end JOB LINES", failures as "JOB: message".
  std::vector<std::string> read(InputFiles& files) {
    std::vector<std::string> found;
    const auto report = [&](const Origin& origin) {
      last = origin;
      if (origin.kind == Origin::Kind::end)
        found.push_back("end " + std::to_string(origin.job) + " " + std::to_string(origin.lines));
      if (origin.kind == Origin::Kind::failure) found.push_back(std::to_string(origin.job) + ": " + origin.message);
      EXPECT_TRUE(origin.kind != Origin::Kind::line || origin.has_line);
    };
    while (const std::optional<Line> line = files.next(report))
      found.push_back(line->text + (line->complete ? last.line_end : "…"));
    return found;
  }
  InputFiles files(const std::vector<std::string>& paths, std::size_t longest = 1000) {
    std::vector<FileJob> jobs;
    for (const std::string& path : paths) jobs.push_back({path, path + ".out", path});
    return {jobs, longest};
  }
  std::string fingerprint(const std::string& text) {
    Fingerprint whole;
    whole.add(text);
    return whole.text();
  }

  TemporaryFolder folder;
  Origin last;
};

TEST_F(Reading, FileAfterFileEachWithItsEnd) {
  InputFiles found = files({folder.file("a", "one\ntwo\r\n"), folder.file("b", ""), folder.file("c", "three")});
  EXPECT_THAT(read(found), ElementsAre("one\n", "two\r\n", "end 0 2", "end 1 0", "three", "end 2 1"));
}

TEST_F(Reading, AMissingFileIsPassedOver) {
  InputFiles found = files({folder.file("a", "one\n"), folder / "missing", folder.file("c", "three\n")});
  EXPECT_THAT(read(found), ElementsAre("one\n", "end 0 1", AllOf(HasSubstr("1: "), HasSubstr("missing")), "three\n", "end 2 1"));
}

TEST_F(Reading, ALineTornByDamageIsClosed) {
  std::string damaged;
  {
    OutputFile file(folder / "a.gz");
    Random random(3);
    for (int i = 0; i < 300'000; ++i) file.write(std::string(1, static_cast<char>('a' + random.below(26))));
    file.commit();
    damaged = content_of(folder / "a.gz");
  }
  InputFiles found = files({folder.file("a.gz", damaged.substr(0, damaged.size() / 2)), folder.file("b", "next\n")}, 100);
  const std::vector<std::string> lines = read(found);
  const auto failure = std::ranges::find_if(lines, [](const std::string& line) { return line.starts_with("0: "); });
  ASSERT_NE(failure, lines.end());
  EXPECT_THAT(*failure, HasSubstr("damaged or cut off"));
  EXPECT_EQ(*(failure + 1), "");  // what closes the line
  EXPECT_EQ(*(failure + 2), "next\n");
}

TEST_F(Reading, ASampleTakesNothing) {
  InputFiles found = files({folder.file("a", "\n \nfirst\nsecond\n")});
  EXPECT_EQ(found.sample(), "first");
  EXPECT_THAT(read(found), ElementsAre("\n", " \n", "first\n", "second\n", "end 0 4"));
  InputFiles empty = files({folder.file("e", "")});
  EXPECT_EQ(empty.sample(), "");
}

TEST_F(Reading, LinesThatAreDoneAreSkipped) {
  for (const bool sampled : {false, true}) {
    InputFiles found = files({folder.file("a", "one\ntwo\nthree\n"), folder.file("b", "four\n"), folder.file("c", "five\n")});
    if (sampled) found.sample();
    found.skip(0, 2, fingerprint("one\ntwo\n"));
    found.leave_out(1);
    EXPECT_THAT(read(found), ElementsAre("three\n", "end 0 3", "five\n", "end 2 1"));
  }
}

TEST_F(Reading, AFileThatChangedIsPassedOver) {
  InputFiles found = files({folder.file("a", "one\nTWO\nthree\n"), folder.file("b", "one\n"), folder.file("c", "five\n")});
  found.skip(0, 2, fingerprint("one\ntwo\n"));
  found.skip(1, 2, fingerprint("one\ntwo\n"));
  EXPECT_THAT(read(found), ElementsAre(AllOf(HasSubstr("0: "), HasSubstr("the first 2 lines"), HasSubstr("--restart")),
                                       AllOf(HasSubstr("1: "), HasSubstr("the first 2 lines")), "five\n", "end 2 1"));
}

TEST_F(Reading, PiecesOfLongLines) {
  InputFiles found = files({folder.file("a", "abcdefgh\nijklmnop")}, 5);
  EXPECT_THAT(read(found), ElementsAre("abcde…", "fgh\n", "ijklm…", "nop", "end 0 2"));
  InputFiles again = files({folder / "a"}, 5);
  again.skip(0, 1, fingerprint("abcdefgh\n"));
  EXPECT_THAT(read(again), ElementsAre("ijklm…", "nop", "end 0 2"));
}

}  // namespace
}  // namespace mynah::inference
