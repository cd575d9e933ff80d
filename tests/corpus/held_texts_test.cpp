#include "corpus/held_texts.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::corpus {
namespace {

using testing::HasSubstr;

CheckedPair pair_of(const char* source, const char* target) {
  CheckedPair pair{{source, target, 1}, ""};
  check_pair(pair, {});
  return pair;
}

TEST(HeldTexts, SayWhereAPairOrASideStands) {
  const TemporaryFolder folder;
  const std::string source =
      folder.file("dev.en", "Thank you.\nThe gardener reads the newspaper.\n\nThe teacher sells the map.\n");
  const std::string target =
      folder.file("dev.de", "Danke.\nDer Gärtner liest die Zeitung.\nleer\nDie Lehrerin verkauft die Karte.\n");
  const std::string table = folder.file("test.tsv", "The child finds the key today.\tDas Kind findet heute den Schlüssel.\n");
  const HeldTexts held({{{source, target}, {}}, {{table}, {}}});
  const auto both = pair_of("the gardener reads the newspaper", "„Der Gärtner liest die Zeitung“");
  EXPECT_EQ(held.pair(both), source + ", line 2");
  EXPECT_EQ(held.source(both), source + ", line 2");
  EXPECT_EQ(held.target(both), target + ", line 2");
  const auto side = pair_of("The teacher sells the map!", "Die Lehrerin liest die Karte.");
  EXPECT_EQ(held.pair(side), "");
  EXPECT_EQ(held.source(side), source + ", line 4");
  EXPECT_EQ(held.target(side), "");
  EXPECT_EQ(held.target(pair_of("Something else altogether", "das Kind findet heute den Schlüssel")), table + ", line 1");
  EXPECT_EQ(held.pair(pair_of("The gardener reads the newspaper.", "Die Lehrerin verkauft die Karte.")), "") << "of two pairs";
}

TEST(HeldTexts, ShortSidesAreNotLookedForShortPairsAre) {
  const TemporaryFolder folder;
  const std::string table = folder.file("test.tsv", "Thank you.\tDanke.\n");
  const HeldTexts held({{{table}, {}}});
  EXPECT_EQ(held.source(pair_of("Thank you!", "Vielen Dank!")), "");
  EXPECT_EQ(held.pair(pair_of("Thank you!", "Danke!")), table + ", line 1");
}

TEST(HeldTexts, PunctuationAloneIsNothingToFind) {
  const TemporaryFolder folder;
  const HeldTexts held({{{folder.file("test.tsv", "...\t!!!\n")}, {}}});
  EXPECT_EQ(held.pair(pair_of("...", "!!!")), "");
}

TEST(HeldTexts, MissingFilesAreErrors) {
  EXPECT_THAT(message_of<Error>([] { HeldTexts({{{"/no/such.tsv"}, {}}}); }), HasSubstr("/no/such.tsv"));
}

}  // namespace
}  // namespace mynah::corpus
