// cmake/Layering.cmake, which every floor's layering test runs, must catch what it is there to catch.
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

/// A made-up tree of three floors, `roof` on `wall` on `ground`.
class Layering : public testing::Test {
 protected:
  Layering() {
    for (const char* floor : {"ground", "wall", "roof"}) std::filesystem::create_directory(tree_ / floor);
    tree_.file("ground/stone.h", "#include <vector>\n");
    tree_.file("wall/brick.h", "#include \"ground/stone.h\"\n#include \"wall/mortar.h\"\n");
  }

  /// The exit code; what it said is in said_.
  int check(const std::string& floor, const std::string& rests_on) {
    const std::string said = tree_ / "said.txt";
    const int status =
        std::system(concat(MYNAH_CMAKE_COMMAND, " -DFLOOR=", floor, " -DALLOWED=", rests_on, " -DSRC=", tree_.path().string(),
                           " -P " MYNAH_SOURCE_DIR "/cmake/Layering.cmake >", said, " 2>&1")
                        .c_str());
    said_ = content_of(said);
    return status;
  }

  TemporaryFolder tree_;
  std::string said_;
};

TEST_F(Layering, AcceptsWhatAFloorRestsOn) {
  EXPECT_EQ(check("wall", "ground"), 0) << said_;
  EXPECT_EQ(check("ground", ""), 0) << said_;
}

TEST_F(Layering, NamesFileAndLineOfAWrongInclude) {
  tree_.file("ground/dust.cpp", "#include \"ground/stone.h\"\n\n#include \"wall/brick.h\"\n");
  EXPECT_NE(check("ground", ""), 0);
  EXPECT_THAT(said_, testing::HasSubstr("ground/dust.cpp:3: floor 'ground' may not include floor 'wall'"));
}

TEST_F(Layering, SeesIncludesHoweverTheyAreSpaced) {
  for (const char* include : {"  #include \"wall/brick.h\"", "#  include \"wall/brick.h\"", "#include\"wall/brick.h\"",
                              "#include <wall/brick.h>", "#include \"../wall/brick.h\""}) {
    tree_.file("ground/dust.cpp", concat("int a[2];\n", include, '\n'));
    EXPECT_NE(check("ground", ""), 0) << include;
    EXPECT_THAT(said_, testing::HasSubstr("ground/dust.cpp:2:")) << include;
  }
}

TEST_F(Layering, CountsLinesPastBracketsSemicolonsAndBlankLines) {
  tree_.file("ground/dust.cpp", "f(a[1]; b);\n\n[[\n];;\\\n\n#include \"wall/brick.h\"\n");
  EXPECT_NE(check("ground", ""), 0);
  EXPECT_THAT(said_, testing::HasSubstr("ground/dust.cpp:6:"));
}

TEST_F(Layering, OneAllowedFloorDoesNotAllowAnother) {
  tree_.file("roof/tile.h", "#include \"wall/brick.h\"\n#include \"ground/stone.h\"\n");
  EXPECT_EQ(check("roof", "ground,wall"), 0) << said_;
  EXPECT_NE(check("roof", "wall"), 0);
  EXPECT_THAT(said_, testing::HasSubstr("roof/tile.h:2: floor 'roof' may not include floor 'ground'"));
}

}  // namespace
}  // namespace mynah
