#include "documents/folder.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

struct Tree {
  Tree() {
    for (const char* name :
         {"b.txt", "a.txt", "picture.png", "sub/c.txt", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt", "out/f.txt"}) {
      fs::create_directories((fs::path(folder / "") / name).parent_path());
      folder.file(name, "text");
    }
  }
  Listing list(const Patterns& patterns, const fs::path& left_out = {}) const {
    return list_folder(folder / "", patterns, left_out);
  }
  TemporaryFolder folder;
};

TEST(Folder, FilesThatAreMeantAndOthersInOrder) {
  const Listing listing = Tree().list({{"*.txt"}, {}});
  EXPECT_THAT(listing.meant, ElementsAre("a.txt", "b.txt", "out/f.txt", "sub/c.txt", "sub/deep/d.txt"));
  EXPECT_THAT(listing.others, ElementsAre(".hidden.txt", "picture.png"));
  EXPECT_THAT(listing.unreadable, IsEmpty());
}

TEST(Folder, PatternsWithASlashMatchThePath) {
  EXPECT_THAT(Tree().list({{"sub/*"}, {}}).meant, ElementsAre("sub/c.txt", "sub/deep/d.txt"));
  EXPECT_THAT(Tree().list({{"*"}, {"*/deep/*", "*.png", "[ab].txt"}}).meant, ElementsAre("out/f.txt", "sub/c.txt"));
}

TEST(Folder, TheOutputsFolderIsLeftOut) {
  const Tree tree;
  EXPECT_THAT(tree.list({{"*.txt"}, {}}, tree.folder / "sub/../out").meant,
              ElementsAre("a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"));
}

TEST(Folder, LinksToFoldersAreNotFollowedAndLinksToFilesAre) {
  const Tree tree;
  fs::create_directory_symlink("..", tree.folder / "sub/around");
  fs::create_symlink("../a.txt", tree.folder / "sub/link.txt");
  EXPECT_THAT(tree.list({{"*.txt"}, {"[a-f].txt"}}).meant, ElementsAre("sub/link.txt"));
}

TEST(Folder, AMissingFolderIsAnErrorAndAnUnreadableOneIsSaid) {
  EXPECT_THAT([] { list_folder("/nowhere", {}); }, testing::ThrowsMessage<Error>(HasSubstr("/nowhere")));
  if (::geteuid() == 0) GTEST_SKIP() << "root reads every folder";
  const Tree tree;
  fs::permissions(tree.folder / "sub", fs::perms::none);
  const Listing listing = tree.list({{"*.txt"}, {}});
  fs::permissions(tree.folder / "sub", fs::perms::owner_all);
  EXPECT_THAT(listing.unreadable, ElementsAre(HasSubstr("/sub")));
  EXPECT_THAT(listing.meant, ElementsAre("a.txt", "b.txt", "out/f.txt"));
}

}  // namespace
}  // namespace mynah::documents
