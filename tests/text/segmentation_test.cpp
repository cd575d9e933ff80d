#include "text/segmentation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

namespace mynah {
namespace {

using Pieces = std::vector<SegmentationSampler::Piece>;

const Pieces kPieces{{"a", -2.0F}, {"b", -2.5F},   {"c", -3.0F}, {"ab", -2.2F}, {"bc", -1.5F},
                     {"", 5.0F},   {"abc", -4.0F}, {"é", -2.0F}, {"cé", -3.5F}, {"cab", -3.0F}};

std::string shown(const std::vector<Segment>& segments) {
  std::string text;
  for (const auto& segment : segments) text.append(text.empty() ? "" : "|").append(segment.text);
  return text;
}

/// Every segmentation of a covered text with its weight, by plain recursion.
std::map<std::string, double> all_segmentations(const std::string& text, double alpha) {
  std::map<std::string, double> weights;
  const std::function<void(std::size_t, const std::string&, double)> extend = [&](std::size_t at, const std::string& so_far,
                                                                                  double sum) {
    if (at == text.size()) weights[so_far] = std::exp(alpha * sum);
    for (const auto& [piece, score] : kPieces) {
      if (piece.empty() || text.compare(at, piece.size(), piece) != 0) continue;
      extend(at + piece.size(), so_far + (so_far.empty() ? "" : "|") + piece, sum + static_cast<double>(score));
    }
  };
  extend(0, "", 0);
  double total = 0;
  for (const auto& [segmentation, weight] : weights) total += weight;
  for (auto& [segmentation, weight] : weights) weight /= total;
  return weights;
}

TEST(Segmentation, UnigramDrawsEverySegmentationAsOftenAsItShould) {
  const SegmentationSampler sampler(kPieces);
  for (const double alpha : {0.0, 0.3, 1.0}) {
    const auto expected = all_segmentations("abcabcé", alpha);
    ASSERT_GT(expected.size(), 15U);
    constexpr int kDraws = 40000;
    std::map<std::string, int> drawn;
    Random random(3);
    for (int draw = 0; draw < kDraws; ++draw) ++drawn[shown(sampler.unigram("abcabcé", alpha, random))];
    EXPECT_LE(drawn.size(), expected.size());
    for (const auto& [segmentation, probability] : expected) {
      const double deviation = std::sqrt(probability * (1 - probability) / kDraws);
      EXPECT_NEAR(drawn[segmentation] / double{kDraws}, probability, 4.5 * deviation + 1e-6) << segmentation << " at " << alpha;
    }
  }
}

TEST(Segmentation, NamesThePieces) {
  const SegmentationSampler sampler(kPieces);
  Random random(1);
  for (int draw = 0; draw < 200; ++draw) {
    for (const auto& [text, piece] : sampler.unigram("abcéabc", 0.1, random)) {
      ASSERT_NE(piece, Segment::kNoPiece);
      EXPECT_EQ(text, kPieces[static_cast<std::size_t>(piece)].text);
    }
  }
}

TEST(Segmentation, KeepsCodePointsThatNoPieceCovers) {
  const SegmentationSampler sampler(kPieces);
  Random random(1);
  const auto unigram = sampler.unigram("走a", 1, random);
  ASSERT_EQ(shown(unigram), "走|a");
  EXPECT_EQ(unigram[0].piece, Segment::kNoPiece);
  const auto bpe = sampler.bpe("走a", 0, random);
  ASSERT_EQ(shown(bpe), "走|a");
  EXPECT_EQ(bpe[0].piece, Segment::kNoPiece);
}

TEST(Segmentation, TheEmptyTextHasNoSegments) {
  const SegmentationSampler sampler(kPieces);
  Random random(1);
  EXPECT_TRUE(sampler.unigram("", 1, random).empty());
  EXPECT_TRUE(sampler.bpe("", 0.1, random).empty());
}

TEST(Segmentation, BpeMergesTheBestNeighboursFirst) {
  const SegmentationSampler sampler(kPieces);
  Random random(1);
  EXPECT_EQ(shown(sampler.bpe("abc", 0, random)), "abc") << "bc first (-1.5), then a and bc";
  EXPECT_EQ(shown(sampler.bpe("cab", 0, random)), "cab");
  EXPECT_EQ(shown(sampler.bpe("abb", 0, random)), "ab|b");
  EXPECT_EQ(shown(sampler.bpe("abab", 0, random)), "ab|ab");
}

TEST(Segmentation, BpeDropoutLeavesMergesOut) {
  const SegmentationSampler sampler(kPieces);
  Random random(5);
  EXPECT_EQ(shown(sampler.bpe("abcab", 1, random)), "a|b|c|a|b") << "all dropped";
  // "ab" has one merge, tried once: it is left out with the probability given.
  constexpr int kDraws = 20000;
  int dropped = 0;
  for (int draw = 0; draw < kDraws; ++draw) dropped += sampler.bpe("ab", 0.3, random).size() == 2;
  EXPECT_NEAR(dropped / double{kDraws}, 0.3, 0.015);
}

TEST(Segmentation, EqualGeneratorsDrawEqually) {
  const SegmentationSampler sampler(kPieces);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Random one(seed), other(seed);
    EXPECT_EQ(shown(sampler.unigram("abcabcabc", 0.2, one)), shown(sampler.unigram("abcabcabc", 0.2, other)));
    EXPECT_EQ(shown(sampler.bpe("abcabcabc", 0.5, one)), shown(sampler.bpe("abcabcabc", 0.5, other)));
  }
}

}  // namespace
}  // namespace mynah
