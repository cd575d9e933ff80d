#include "corpus/clean_copy.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::corpus {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

CheckedPair pair_of(std::string source, std::string target, std::string raw = "") {
  return {{std::move(source), std::move(target), 1}, std::move(raw)};
}

TEST(CleanCopy, HasTheNamesAndTheLinesOfTheCorpora) {
  const TemporaryFolder folder;
  const std::string en = folder.file("a.en", "x\n"), de = folder.file("a.de.gz", "y\n"),
                    table = folder.file("b.tsv", "1\tx\ty\n");
  const std::string out = folder / "out/deep";
  {
    CleanCopy copy(out, {{{en, de}, {}}, {{table}, {"2", "3"}}});
    copy.add(0, pair_of(" one ", "eins\xFF"));
    copy.add(1, pair_of("two", "zwei", "7\ttwo\tzwei\tmore"));
    copy.add(0, pair_of("three", "drei"));
    EXPECT_FALSE(fs::exists(out + "/a.en"));
    copy.commit();
    EXPECT_EQ(copy.source(1).paths, std::vector<std::string>{out + "/b.tsv"});
  }
  EXPECT_EQ(content_of(out + "/a.en"), " one \nthree\n");
  EXPECT_EQ(content_of(out + "/b.tsv"), "7\ttwo\tzwei\tmore\n");
  EXPECT_EQ(read_file(out + "/a.de.gz"), "eins\xFF\ndrei\n");
  EXPECT_TRUE(content_of(out + "/a.de.gz").starts_with("\x1F\x8B"));
}

TEST(CleanCopy, IsNotThereUntilCommitted) {
  const TemporaryFolder folder;
  { CleanCopy(folder / "out", {{{folder.file("b.tsv", "x\ty\n")}, {}}}).add(0, pair_of("a", "b", "a\tb")); }
  EXPECT_TRUE(fs::is_empty(folder / "out"));
}

TEST(CleanCopy, StandardInputGetsAName) {
  const TemporaryFolder folder;
  CleanCopy copy(folder / "out", {{{"-"}, {}}});
  copy.commit();
  EXPECT_TRUE(fs::exists(folder / "out/standard-input.tsv"));
}

TEST(CleanCopy, RefusesToReplaceWhatIsRead) {
  const TemporaryFolder folder;
  const std::string en = folder.file("a.en", "x\n"), de = folder.file("a.de", "y\n");
  EXPECT_THAT(message_of<Error>([&] { CleanCopy(folder.path(), {{{en, de}, {}}}); }), AllOf(HasSubstr(en), HasSubstr("is read")));
  EXPECT_EQ(content_of(en), "x\n");
}

TEST(CleanCopy, RefusesTwoFilesOfOneName) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "1");
  fs::create_directories(folder / "2");
  const std::string first = folder.file("1/a.tsv", "x\ty\n"), second = folder.file("2/a.tsv", "x\ty\n");
  EXPECT_THAT(message_of<Error>([&] {
                CleanCopy(folder / "out", {{{first}, {}}, {{second}, {}}});
              }),
              AllOf(HasSubstr(folder / "out/a.tsv"), HasSubstr("two corpora")));
  EXPECT_FALSE(fs::exists(folder / "out"));
}

TEST(CleanCopy, NamesAPlaceThatCannotBeWritten) {
  const TemporaryFolder folder;
  const std::string file = folder.file("file", "");
  EXPECT_THAT(message_of<Error>([&] { CleanCopy(file + "/out", {{{folder.file("a.tsv", "")}, {}}}); }), HasSubstr(file));
}

}  // namespace
}  // namespace mynah::corpus
