#include "training/resume_proof.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "small_corpus.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// Stands for train: counts updates instead of learning, saves at the end and on SIGTERM. `quirk` is run when it goes on.
constexpr const char* kStandIn = R"(#!/bin/bash
while [ $# -gt 0 ]; do
  case $1 in
    --model) model=$2 ;;
    --config) config=$2 ;;
  esac
  shift
done
state=$model/checkpoint/state.json
save() {
  printf '{"version": 1, "weights": "", "optimizer": "", "recent": [], "state": {"standing": {"updates": %d}, "last": %d}}' $1 $last >$state
}
mkdir -p $model/checkpoint
update=0
if [ -e $state ]; then
  update=$(sed 's/.*"updates": \([0-9]*\).*/\1/' $state)
  last=$(cat $model/last)
  QUIRK
else
  last=$(sed -n 's/.*"after": "\([0-9]*\)u".*/\1/p' $config)
  echo $last >$model/last
fi
trap 'save $update; exit 130' TERM
TRAP
while [ $update -lt $last ]; do
  update=$((update + 1))
  echo "12:00:00 u $update · epoch 0.01" >&2
  sleep 0.01
done
save $update
echo done >&2
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

class ResumeProofs : public testing::Test {
 protected:
  /// Tries it out on a stand-in with these commands when it goes on, and behind its trap for SIGTERM.
  ResumeProof prove(const std::string& quirk, const std::string& trap = "") {
    const std::string program =
        write_lines(folder_.path() / "train", replaced(replaced(kStandIn, "QUIRK", quirk.empty() ? ":" : quirk), "TRAP", trap));
    fs::permissions(program, fs::perms::owner_all);
    return prove_resume(small_run(folder_.path()), program, Log(), 0.5);
  }
  void expect_nothing_left() const {
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      EXPECT_EQ(entry.path().string().find("verify-resume"), std::string::npos) << entry.path();
    }
  }

  TemporaryFolder folder_;
};

TEST_F(ResumeProofs, ARunThatGoesOnExactlyPasses) {
  const ResumeProof proof = prove("");
  EXPECT_TRUE(proof.exact) << proof.verdict;
  EXPECT_THAT(proof.verdict,
              AllOf(StartsWith("Resuming is exact: "), HasSubstr(" by SIGTERM and after update "), HasSubstr(" by SIGKILL")));
  expect_nothing_left();
}

TEST_F(ResumeProofs, ARunThatDoesNotIsNamedWithItsFirstDifference) {
  const ResumeProof proof = prove("echo again >$model/source.spm");
  EXPECT_FALSE(proof.exact);
  EXPECT_THAT(proof.verdict, AllOf(StartsWith("Resuming is NOT exact here: "), HasSubstr("first source.spm")));
  expect_nothing_left();
}

TEST_F(ResumeProofs, ARunThatFailsIsAnError) {
  try {
    prove("echo 'train: out of luck' >&2; exit 1");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("the trial run itself failed"), HasSubstr("out of luck")));
  }
  expect_nothing_left();
}

TEST_F(ResumeProofs, ARunThatCannotBeInterruptedProvesNothing) {
  try {
    prove("", "trap '' TERM");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("could be interrupted"));
  }
}

}  // namespace
}  // namespace mynah::training
