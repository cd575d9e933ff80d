#include "inference/guard.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace mynah::inference {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Verdict judge(const std::string& source, const std::string& target, const std::string& from = "en", const std::string& to = "de",
              const GuardChecks& checks = {}) {
  return Guard({from, to}, checks).judge({source, "", {}, {}}, {target, 0, {}, {}, {}});
}

/// So many pieces of this log-probability, the end of another.
Candidate scored(const std::string& text, std::size_t pieces, float log_probability, float end = -0.1F) {
  Candidate candidate{text, 0, std::vector<std::string>(pieces, "▁x"), std::vector<float>(pieces, log_probability), {}};
  candidate.piece_scores.push_back(end);
  return candidate;
}

void expect_clean(const Verdict& verdict, const std::string& what) {
  EXPECT_THAT(verdict.of_source, IsEmpty()) << what;
  EXPECT_THAT(verdict.of_target, IsEmpty()) << what;
  EXPECT_THAT(verdict.missing, IsEmpty()) << what;
}

struct Sample {
  const char *from, *to, *source, *target;
};

TEST(Guard, GoodTranslationsPass) {
  for (const auto& [from, to, source, target] :
       std::vector<Sample>{{"en", "de", "The cat sleeps on the mat.", "Die Katze schläft auf der Matte."},
                           {"en", "de", "No.", "Nein."},
                           {"en", "de", "Tom was in Boston.", "Tom war in Boston."},
                           {"en", "de", "Microsoft Visual Studio 2019", "Microsoft Visual Studio 2019"},
                           {"en", "de", "No, no, no, no!", "Nein, nein, nein, nein!"},
                           {"en", "fr", "He was very, very tired.", "Il était très, très fatigué."},
                           {"fr", "en", "Je n'ai pas vu la mer depuis 1987.", "I have not seen the sea since 1987."},
                           {"en", "zh", "I like green tea, and you like coffee.", "我喜欢绿茶，你喜欢咖啡。"},
                           {"en", "zh", "Open Visual Studio Code.", "打开 Visual Studio Code。"},
                           {"zh", "en", "猫在垫子上睡觉。", "The cat is sleeping on the mat."},
                           {"zh", "en", "税款由中央统筹分配。",
                            "The taxes are distributed by the central government according to an overall plan."},
                           {"en", "ru", "The cat sleeps on the mat.", "Кошка спит на коврике."},
                           {"ru", "de", "Где находится вокзал?", "Wo ist der Bahnhof?"},
                           {"en", "de", "Write to info@example.org or see https://example.org/a (50 %).",
                            "Schreiben Sie an info@example.org oder sehen Sie https://example.org/a (50 %)."},
                           {"de", "en", "{0} von %d Dateien", "{0} of %d files"}}) {
    expect_clean(judge(source, target, from, to), concat(source, " ", target));
  }
}

TEST(Guard, LoopsAreSuspect) {
  EXPECT_THAT(judge("The cat sleeps on the mat.", "Die Katze und die Katze und die Katze und die Katze").of_target,
              ElementsAre(HasSubstr("repeats \"Die Katze und\" 3 times")));
  EXPECT_THAT(judge("I like tea.", "我喜欢喝茶喝茶喝茶喝茶。", "en", "zh").of_target,
              ElementsAre(HasSubstr("repeats \"喝茶\" 4 times")));
  EXPECT_THAT(judge("The parliament decided.", "Das Parararararararament entschied.").of_target,
              ElementsAre(HasSubstr("repeats itself for 14 characters")));
  EXPECT_THAT(judge("Он пришёл домой.", "he came he came he came home", "ru", "en").of_target,
              ElementsAre(HasSubstr("repeats \"he came\" 3 times")));
  const std::string again = "sagt dem Mann im Haus, dass er kommt, ";
  EXPECT_THAT(judge("She tells the man in her house that they come, and afterwards it will be warm or even sunny by the sea.",
                    "Er " + again + "und " + again + "oder " + again + "aber " + again + "wenn")
                  .of_target,
              ElementsAre(HasSubstr("the same 5 words 4 times")));
}

TEST(Guard, LoopsOfTheSourceAreNotTheTranslationsFault) {
  expect_clean(judge("He ran and ran and ran and ran.", "Er lief und lief und lief und lief."), "ran");
  const Verdict verdict = judge("Tom said that he Tom said that he Tom said that he Tom said that he Tom said that he",
                                "Tom sagte, dass er Tom sagte, dass er Tom sagte, dass er Tom sagte, dass er Tom sagte, dass er");
  EXPECT_THAT(verdict.of_source, ElementsAre("the source repeats \"Tom said that he\" 5 times"));
  EXPECT_THAT(verdict.of_target, IsEmpty());
}

TEST(Guard, SentencesThatComeAgainAndAgainAreSuspect) {
  const Guard guard({"en", "de"});
  const auto line = [](std::vector<std::string> sentences) {
    std::vector<Part> parts;
    for (std::string& sentence : sentences) parts.push_back({std::move(sentence), " ", {}, {}});
    return parts;
  };
  std::vector<Part> thanks = line({"Well.", "Thank you.", "Thank you.", "Thank you.", "Thank you.", "Thank you."});
  guard.judge_line(thanks);
  ASSERT_EQ(thanks[0].findings.size(), 1U);
  EXPECT_EQ(thanks[0].findings[0].reason, "the source repeats \"Thank you.\" 5 times");
  for (std::vector<Part> fine : {line({"No.", "No.", "No!", "Yes."}), line({"...", "...", "...", "...", "..."}), line({})}) {
    guard.judge_line(fine);
    for (const Part& part : fine) EXPECT_THAT(part.findings, IsEmpty());
  }
}

TEST(Guard, TheWrongLanguageOrScriptIsSuspect) {
  EXPECT_THAT(judge("The cat sleeps on the mat.", "Le chat dort sur le tapis de la cuisine.").of_target,
              ElementsAre("the translation seems to be fr, not de"));
  EXPECT_THAT(judge("The cat sleeps on the mat.", "猫在垫子上睡觉。").of_target,
              ElementsAre("the translation is not in the script of de"));
  EXPECT_THAT(judge("The cat sleeps on the mat.", "Die Katze schläft auf der Matte.", "en", "zh").of_target,
              ElementsAre("the translation is not in the script of zh"));
  EXPECT_THAT(judge("The cat sleeps on the mat.", "Die Katze schläft auf der Matte.", "en", "ru").of_target,
              ElementsAre("the translation is not in the script of ru"));
}

TEST(Guard, CopiesAreSuspectUnlessTheyAreNames) {
  EXPECT_THAT(judge("cats sleep soundly", "cats sleep soundly").of_target,
              ElementsAre("the translation is the source, untranslated"));
  EXPECT_THAT(judge("The cat sleeps on the mat.", "The cat sleeps on the mat.").of_target,
              ElementsAre("the translation is the source, untranslated"));
  EXPECT_THAT(judge("Die Katze schläft.", "The cat sleeps on the mat.", "fr", "de").of_target,
              ElementsAre("the translation seems to be en, not de"));
  EXPECT_THAT(judge("猫在垫子上睡觉。", "猫在垫子上睡觉。", "zh", "en").of_target, ElementsAre(HasSubstr("script of en")));
  for (const char* same : {"Tom Boston", "System.Collections.Generic", "aGVsbG8gd29ybGQ=", "----------", "2019-03-04"}) {
    expect_clean(judge(same, same), same);
  }
  expect_clean(judge("Das ist ein kleines Haus.", "Das ist ein kleines Haus."), "German already");
}

TEST(Guard, UnusualLengthsAreSuspect) {
  EXPECT_THAT(judge("We have been waiting for the train to the city for more than an hour.", "Wir warten.").of_target,
              ElementsAre(HasSubstr("much shorter than usual (11 characters for 69)")));
  EXPECT_THAT(judge("Where is it?", "Wo ist es, fragte sie ihn noch am selben Abend, als alle schon schliefen?").of_target,
              ElementsAre(HasSubstr("much longer")));
  EXPECT_THAT(judge("我们等了一个多小时去城里的火车，可是它一直没有来。", "We waited.", "zh", "en").of_target,
              ElementsAre(HasSubstr("much shorter")));
  EXPECT_TRUE(judge("The cat sleeps on the mat in the morning sun.", "Die Katze schläft auf der Matte in").doubtful);
  EXPECT_FALSE(
      judge("The cat sleeps on the mat in the morning sun.", "Die Katze schläft am Morgen auf der Matte in der Sonne.").doubtful);
}

TEST(Guard, SourcesThatAreNoTextAreSuspect) {
  EXPECT_THAT(judge("Le chat dort sur le tapis de la cuisine.", "Lechat dort sur.").of_source,
              testing::Contains("the source seems to be fr, not en"));
  EXPECT_THAT(judge("猫在垫子上睡觉。", "Xn-Zn").of_source, testing::Contains("the source is not in the script of en"));
  EXPECT_THAT(judge("Il est trÃ¨s fatiguÃ©", "Il est tr").of_source, testing::Contains(HasSubstr("Latin-1")));
  EXPECT_THAT(judge("}{[]<>|*&^%$#@!", "mysql $").of_source, testing::Contains("the source is hardly text"));
  const Part strange{"qkzvx", "", {"▁", "q", "k", "z", "v", "x", "<0xC3>"}, {}};
  EXPECT_THAT(Guard({"en", "de"}).judge(strange, scored("qkx", 6, -1)).of_source,
              ElementsAre("the source is no text as the model knows it"));
  EXPECT_THAT(Guard({"en", "de"}, {.pieces = false}).judge(strange, scored("qkx", 6, -1)).of_source, IsEmpty());
}

TEST(Guard, ImprobableTranslationsAreSuspect) {
  const Part part{"The cat sleeps.", "", {"▁The", "▁cat", "▁sleeps", "."}, {}};
  const Guard guard({"en", "de"});
  EXPECT_THAT(guard.judge(part, scored("Die Matte ruht.", 20, -2.2F)).of_target, ElementsAre("the translation is improbable"));
  EXPECT_FALSE(guard.judge(part, scored("Die Katze schläft.", 20, -0.4F)).doubtful);
  EXPECT_TRUE(guard.judge(part, scored("Die Katze schläft", 20, -0.4F)).doubtful);  // no full stop
}

TEST(Guard, EndsThatNobodyExpectedAreSuspect) {
  const Guard guard({"en", "de"});
  const Part cut{"The cat sleeps on the", "", {}, {}}, whole{"The cat sleeps.", "", {}, {}};
  EXPECT_THAT(guard.judge(cut, scored("Die Katze schläft auf der", 5, -0.2F, -2)).of_source,
              ElementsAre("the source seems to break off"));
  EXPECT_THAT(guard.judge(cut, scored("Die Katze schläft auf der", 5, -0.2F)).of_source, IsEmpty());
  EXPECT_THAT(guard.judge(whole, scored("Die Katze", 2, -0.2F, -4)).of_target, ElementsAre("the translation breaks off"));
  const Part in_word{"Once we start rea", "", {"▁Once", "▁we", "▁start", "▁", "re", "a"}, {}};
  EXPECT_THAT(guard.judge(in_word, scored("Sobald wir anfangen", 5, -0.2F, -0.4F)).of_source,
              ElementsAre("the source seems to break off"));
  const Part heading{"How to start reading", "", {"▁How", "▁to", "▁start", "▁reading"}, {}};
  EXPECT_THAT(guard.judge(heading, scored("Wie man liest", 5, -0.2F, -0.4F)).of_source, IsEmpty());
  Candidate at_limit = scored("Die Katze schläft", 3, -0.2F, 0);
  at_limit.complete = false;
  EXPECT_THAT(guard.judge(whole, at_limit).of_target, ElementsAre("the translation was cut at the length limit"));
}

TEST(Guard, WhatShouldSurviveIsMissed) {
  EXPECT_THAT(judge("On 3 May 1912 see https://example.org or a@b.org, {name}.", "Am dritten Mai siehe {Name}.").missing,
              ElementsAre("the URL https://example.org is missing", "the mail address a@b.org is missing",
                          "the placeholder {name} is missing", "the number 1912 is missing"));
  EXPECT_THAT(judge("Press <b>OK</b> and <b>Cancel</b>.", "Drücken Sie <b>OK</b> und Abbrechen.").missing,
              ElementsAre("the placeholder <b> is missing", "the placeholder </b> is missing", "the placeholder <b> is missing",
                          "the placeholder </b> is missing"));
  EXPECT_THAT(judge("1,500 people came.", "来了一千五百人。", "en", "zh").missing, IsEmpty());
}

/// Everybody looks at the first `seen` of 10 source pieces, and a little at `</s>`.
constexpr std::size_t kSource = 11;
std::vector<float> attention(std::size_t seen) {
  constexpr std::size_t kTarget = 10;
  std::vector<float> weights(kTarget * kSource, 0.0F);
  for (std::size_t row = 0; row < kTarget; ++row) {
    for (std::size_t piece = 0; piece < seen; ++piece) weights[row * kSource + piece] = 0.9F / static_cast<float>(seen);
    weights[row * kSource + kSource - 1] = 0.1F;
  }
  return weights;
}

TEST(Guard, SourcesThatNobodyLookedAtAreOmissions) {
  Verdict verdict;
  const Guard guard({"en", "de"});
  guard.judge_attention(attention(10), kSource, verdict);
  EXPECT_THAT(verdict.of_target, IsEmpty());
  guard.judge_attention(attention(5), kSource, verdict);
  EXPECT_THAT(verdict.of_target, ElementsAre("the translation leaves out a part of the source"));
  Verdict none;
  guard.judge_attention({}, kSource, none);
  Guard({"en", "en"}, {.length = false}).judge_attention(attention(5), kSource, none);
  EXPECT_THAT(none.of_target, IsEmpty());
}

TEST(Guard, ChecksThatMakeNoSenseAreLeftOut) {
  const std::string text = "The committee met in 2019 and decided after long debates to build a bridge over the river.";
  expect_clean(judge(text, "They decided to build a bridge.", "en", "en", {.length = false, .missing = false}), "a summary");
  EXPECT_FALSE(judge(text, "They decided.", "en", "en", {.length = false, .missing = false}).doubtful);
  EXPECT_THAT(judge(text, text, "en", "en-GB").of_target, IsEmpty());
  expect_clean(judge("Kotka magab.", "The cat sleeps.", "", ""), "unknown languages");
}

TEST(Guard, AVerdictIsAtMostOneSuspicion) {
  Verdict verdict;
  EXPECT_THAT(findings_of(verdict), IsEmpty());
  verdict.of_source = {"a"};
  verdict.of_target = {"b", "c"};
  verdict.missing = {"d", "e"};
  const std::vector<Finding> findings = findings_of(verdict);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].reason, "a; b; c");
  EXPECT_TRUE(is_suspect(findings));
  EXPECT_EQ(findings[2].kind, Finding::Kind::missing);
  EXPECT_FALSE(is_suspect({findings[1], findings[2]}));
}

}  // namespace
}  // namespace mynah::inference
