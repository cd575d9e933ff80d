// A few hundred lines of two made-up parallel languages, the same on every machine.
#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"

namespace mynah {

struct SmallCorpus {
  std::vector<std::string> source, target;
};

inline SmallCorpus small_corpus(std::size_t lines = 600, std::uint64_t seed = 1) {
  using Words = std::array<std::pair<const char*, const char*>, 8>;
  constexpr Words kWho{{{"the gardener", "der Gärtner"},
                        {"my sister", "meine Schwester"},
                        {"the old doctor", "die alte Ärztin"},
                        {"a child", "ein Kind"},
                        {"the two neighbours", "die zwei Nachbarn"},
                        {"nobody", "niemand"},
                        {"the teacher", "die Lehrerin"},
                        {"a black bird", "ein schwarzer Vogel"}}};
  constexpr Words kDoes{{{"reads", "liest"},
                         {"forgets", "vergisst"},
                         {"carries", "trägt"},
                         {"buys", "kauft"},
                         {"draws", "zeichnet"},
                         {"finds", "findet"},
                         {"washes", "wäscht"},
                         {"sells", "verkauft"}}};
  constexpr Words kWhat{{{"the newspaper", "die Zeitung"},
                         {"a green bottle", "eine grüne Flasche"},
                         {"three apples", "drei Äpfel"},
                         {"an umbrella", "einen Regenschirm"},
                         {"the key", "den Schlüssel"},
                         {"her shoes", "ihre Schuhe"},
                         {"a heavy box", "eine schwere Kiste"},
                         {"the map", "die Karte"}}};
  constexpr Words kWhere{{{"in the kitchen", "in der Küche"},
                          {"at the station", "am Bahnhof"},
                          {"today", "heute"},
                          {"behind the house", "hinter dem Haus"},
                          {"every Monday", "jeden Montag"},
                          {"again", "wieder"},
                          {"without a word", "ohne ein Wort"},
                          {"on the bridge", "auf der Brücke"}}};
  SmallCorpus corpus;
  Random random(seed);
  for (std::size_t line = 0; line < lines; ++line) {
    std::string source, target;
    for (const Words* words : {&kWho, &kDoes, &kWhat, &kWhere}) {
      if (words == &kWhere && random.below(3) == 0) continue;  // lines of different lengths
      const auto& [one, other] = (*words)[random.below(words->size())];
      if (!source.empty()) {
        source += ' ';
        target += ' ';
      }
      source += one;
      target += other;
    }
    corpus.source.push_back(source + ".");
    corpus.target.push_back(target + ".");
  }
  return corpus;
}

}  // namespace mynah
