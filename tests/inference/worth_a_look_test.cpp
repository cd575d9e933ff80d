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
  looks.add(8, with({}));
  ASSERT_EQ(looks.listed().size(), 1U);
  EXPECT_EQ(looks.listed()[0].line, 7U);
  const std::vector<Finding>& findings = looks.listed()[0].findings;
  ASSERT_EQ(findings.size(), 4U);
  EXPECT_EQ(findings[0].reason, "repaired: 2 NULs");
  EXPECT_THAT(findings[1].reason, HasSubstr("1 sentence over the model's limit"));
  EXPECT_EQ(findings[2].reason, "repeats itself");
  EXPECT_EQ(looks.total(), 1U);
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
  for (std::uint64_t i = 1; i <= WorthALook::kListed + 10; ++i) looks.add(i, line);
  WorthALook twice = looks;
  twice += looks;
  EXPECT_EQ(looks.listed().size(), WorthALook::kListed);
  EXPECT_EQ(looks.total(), WorthALook::kListed + 10);
  EXPECT_EQ(twice.listed().size(), WorthALook::kListed);
  EXPECT_EQ(twice.suspects(), 2 * (WorthALook::kListed + 10));
  WorthALook one;
  for (int i = 0; i < 100; ++i) one.add(1, line);
  EXPECT_EQ(one.total(), 1U);
  EXPECT_EQ(one.listed()[0].findings.size(), WorthALook::kFindingsListed);
  EXPECT_EQ(one.suspects(), 100U);
}

TEST(WorthALook, GoesThroughJson) {
  WorthALook looks;
  looks.add(3, with({{Finding::Kind::missing, "the number 5 is missing"}}));
  const WorthALook read = worth_a_look_from_json(to_json(looks));
  EXPECT_EQ(to_json(read), to_json(looks));
  EXPECT_EQ(read.listed()[0].findings[0].kind, Finding::Kind::missing);
  EXPECT_THROW(worth_a_look_from_json(Json::object()), Json::exception);
}

}  // namespace
}  // namespace mynah::inference
