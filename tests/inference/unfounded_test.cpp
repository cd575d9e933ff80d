#include "inference/unfounded.h"

#include <gmock/gmock.h>

namespace mynah::inference {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Grounds grounds() {
  Grounds made;
  made.add("In 2019 Ada Lovelace read 1,500 papers on LSTMs.");
  made.add("The network of Berlin was deep.");
  return made;
}

TEST(Unfounded, WhatTheTextSaysIsFine) {
  EXPECT_THAT(grounds().unfounded("Lovelace read 1500 papers in Berlin in 2019.", "en"), IsEmpty());
  EXPECT_THAT(grounds().unfounded("Berlin's LSTM network was deep.", "en"), IsEmpty());
  EXPECT_THAT(grounds().unfounded("Nothing with capitals but the first word.", "en"), IsEmpty());
}

TEST(Unfounded, NumbersAndNamesThatAreNowhereAreNamed) {
  EXPECT_THAT(grounds().unfounded("In 2020 Grace Hopper read 1,501 papers, and Hopper wrote 2020.", "en"),
              ElementsAre("2020", "1,501", "Grace", "Hopper"));
}

TEST(Unfounded, InTitlesOnlyWordsOfTheFormOfNamesCount) {
  EXPECT_THAT(grounds().unfounded("Reading Many Papers With BERT and GPT2 Networks", "en"), ElementsAre("BERT", "GPT2"));
}

TEST(Unfounded, WhereAllNounsHaveCapitalsTheyAreNoNames) {
  EXPECT_THAT(grounds().unfounded("In der Stadt war das Netz von NATO und 7 Leuten tief und gut gebaut.", "de"),
              ElementsAre("7", "NATO"));
}

}  // namespace
}  // namespace mynah::inference
