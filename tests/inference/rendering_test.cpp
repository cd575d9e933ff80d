#include "inference/rendering.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

using Json = nlohmann::json;

/// "Hi there. Bye." with two candidates for each sentence.
Generated two_sentences() {
  Generated line;
  line.line = 7;
  line.text = "Hallo dort. Ade.";
  line.parts.push_back({"Hi there.", " ", {"▁Hi", "▁there", "."}, {}, {}});
  line.parts[0].candidates.push_back(
      {"Hallo dort.", -0.5, {"▁Hallo", "▁dort", "."}, {-1, -0.5, -0.25, -0.25}, {{0, 0}, {1, 1}, {2, 2}}});
  line.parts[0].candidates.push_back({"Hallo da.", -0.7, {"▁Hallo", "▁da."}, {-1, -1, -0.1F}, {{0, 0}, {1, 1}}});
  line.parts.push_back({"Bye.", "", {"▁Bye."}, {}, {}});
  line.parts[1].candidates.push_back({"Ade.", -0.25, {"▁Ade."}, {-0.25, -0.25}, {{0, 0}}});
  line.parts[1].candidates.push_back({"Servus.", -0.4, {"▁Servus."}, {-0.5, -0.3F}, {{0, 0}}});
  return line;
}

TEST(Rendering, PlainTextIsTheLine) { EXPECT_EQ(rendered(two_sentences(), {}), "Hallo dort. Ade.\n"); }

TEST(Rendering, ABlankLineStaysBlank) {
  EXPECT_EQ(rendered({}, {}), "\n");
  TranslateOptions options;
  options.n_best = true;
  EXPECT_EQ(rendered({}, options), "0 |||  ||| F0= 0 ||| 0\n");
}

TEST(Rendering, AlignmentsCountPiecesThroughTheLine) {
  TranslateOptions options;
  options.generation.alignment = true;
  EXPECT_EQ(rendered(two_sentences(), options), "Hallo dort. Ade. ||| 0-0 1-1 2-2 3-3\n");
}

TEST(Rendering, WordScoresFollowTheText) {
  TranslateOptions options;
  options.word_scores = true;
  EXPECT_EQ(rendered(two_sentences(), options), "Hallo dort. Ade. ||| WordScores= -1 -0.5 -0.25 -0.25 -0.25 -0.25\n");
}

TEST(Rendering, NBestListsTheBestCombinations) {
  TranslateOptions options;
  options.n_best = true;
  options.generation.search.beam = 3;
  EXPECT_EQ(rendered(two_sentences(), options),
            "7 ||| Hallo dort. Ade. ||| F0= -2.5 ||| -0.75\n"
            "7 ||| Hallo dort. Servus. ||| F0= -2.8 ||| -0.9\n"
            "7 ||| Hallo da. Ade. ||| F0= -2.6 ||| -0.95\n");
}

TEST(Rendering, NBestCarriesAlignmentAndWordScores) {
  Generated line = two_sentences();
  line.parts.pop_back();
  line.parts[0].candidates.pop_back();
  TranslateOptions options;
  options.n_best = options.word_scores = options.generation.alignment = true;
  EXPECT_EQ(rendered(line, options),
            "7 ||| Hallo dort. ||| 0-0 1-1 2-2 ||| WordScores= -1 -0.5 -0.25 -0.25 ||| F0= -2 ||| -0.5\n");
}

TEST(Rendering, JsonIsOneLineWithEverything) {
  TranslateOptions options;
  options.json = true;
  options.generation.alignment = true;
  const std::string text = rendered(two_sentences(), options);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const Json json = Json::parse(text);
  EXPECT_EQ(json["line"], 7);
  EXPECT_EQ(json["text"], "Hallo dort. Ade.");
  EXPECT_EQ(json["sentences"].size(), 2U);
  const Json& first = json["sentences"][0];
  EXPECT_EQ(first["source"], "Hi there.");
  EXPECT_EQ(first["source_pieces"], Json({"▁Hi", "▁there", "."}));
  EXPECT_EQ(first["candidates"][0]["pieces"], Json({"▁Hallo", "▁dort", "."}));
  EXPECT_EQ(first["candidates"][0]["log_probabilities"], Json({-1, -0.5, -0.25, -0.25}));
  EXPECT_EQ(first["candidates"][0]["alignment"], Json::parse("[[0,0],[1,1],[2,2]]"));
  EXPECT_EQ(first["candidates"][1]["score"], -0.7);
}

TEST(Rendering, AScoredPairIsItsLogProbability) {
  const Part pair{"Hi", "", {"▁Hi"}, {{"Hallo", -1.5, {"▁Hallo"}, {-1, -0.5}, {}}}, {}, false};
  TranslateOptions options;
  options.generation.guard = false;
  EXPECT_EQ(rendered_score(0, pair, options), "-1.5\n");
  options.word_scores = true;
  EXPECT_EQ(rendered_score(0, pair, options), "-1.5 ||| WordScores= -1 -0.5\n");
  options.json = true;
  const Json json = Json::parse(rendered_score(7, pair, options));
  EXPECT_EQ(json["line"], 7);
  EXPECT_EQ(json["source"], "Hi");
  EXPECT_EQ(json["text"], "Hallo");
  EXPECT_EQ(json["score"], -1.5);
  EXPECT_FALSE(json.contains("findings"));
}

TEST(Rendering, JsonHasWhatTheGuardFound) {
  Generated line = two_sentences();
  line.parts[1].findings.push_back({Finding::Kind::suspect, "no end of it"});
  line.parts[1].findings.push_back({Finding::Kind::missing, "the number 3 is missing"});
  TranslateOptions options;
  options.json = true;
  const Json sentences = Json::parse(rendered(line, options))["sentences"];
  EXPECT_EQ(sentences[0]["findings"], Json::array());
  EXPECT_EQ(sentences[0]["retried"], false);
  EXPECT_EQ(sentences[1]["findings"], Json::parse(R"([{"kind": "suspect", "reason": "no end of it"},
                                                      {"kind": "missing", "reason": "the number 3 is missing"}])"));
  EXPECT_EQ(Json::parse(rendered_score(0, line.parts[1], options))["findings"].size(), 2U);
}

}  // namespace
}  // namespace mynah::inference
