#include "inference/worth_a_look.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

using testing::HasSubstr;

Generated with(std::vector<Finding> findings) {
  Generated line;
  line.parts.push_back({"source", "", {}, {}, std::move(findings)});
  return line;
}

TEST(WorthALook, ListsFindingsSplitsAndRepairs) {
  WorthALook looks;
  Generated line = with({{Finding::Kind::suspect, "repeats itself"}, {Finding::Kind::missing, "the number 5 is missing"}});
  line.split_sentences = 1;
  line.repairs.nul = 2;
  line.repairs.bom = 1;
  looks.add(7, line);
  ASSERT_EQ(looks.listed().size(), 4U);
  EXPECT_EQ(looks.listed()[0].line, 7U);
  EXPECT_EQ(looks.listed()[0].finding.reason, "repaired: 2 NULs");
  EXPECT_THAT(looks.listed()[1].finding.reason, HasSubstr("1 sentence over the model's limit"));
  EXPECT_EQ(looks.listed()[2].finding.reason, "repeats itself");
  EXPECT_EQ(looks.total(), 4U);
  EXPECT_EQ(looks.suspects(), 1U);
}

TEST(WorthALook, AByteOrderMarkIsNot) {
  WorthALook looks;
  Generated line;
  line.repairs.bom = 1;
  looks.add(1, line);
  EXPECT_EQ(looks.total(), 0U);
}

TEST(WorthALook, ListsSoManyAndCountsTheRest) {
  WorthALook looks;
  const Generated line = with({{Finding::Kind::suspect, "repeats itself"}});
  for (std::uint64_t i = 0; i < WorthALook::kListed + 10; ++i) looks.add(i, line);
  WorthALook twice = looks;
  twice += looks;
  EXPECT_EQ(looks.listed().size(), WorthALook::kListed);
  EXPECT_EQ(looks.total(), WorthALook::kListed + 10);
  EXPECT_EQ(twice.listed().size(), WorthALook::kListed);
  EXPECT_EQ(twice.suspects(), 2 * (WorthALook::kListed + 10));
}

TEST(WorthALook, GoesThroughJson) {
  WorthALook looks;
  looks.add(3, with({{Finding::Kind::missing, "the number 5 is missing"}}));
  const WorthALook read = worth_a_look_from_json(to_json(looks));
  EXPECT_EQ(to_json(read), to_json(looks));
  EXPECT_EQ(read.listed()[0].finding.kind, Finding::Kind::missing);
  EXPECT_THROW(worth_a_look_from_json(Json::object()), Json::exception);
}

}  // namespace
}  // namespace mynah::inference
