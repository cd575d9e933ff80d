#include "text/function_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/utf8.h"
#include "text/words.h"

namespace mynah {
namespace {

struct Language {
  std::string_view code;
  std::vector<std::string> words;
};

const std::vector<Language>& languages() {
  static const std::vector<Language> all = {
      {"en", {"the",  "of",    "and",  "to",    "is",    "that", "it",    "was",   "for",   "on",    "are",   "with",    "as",
              "his",  "they",  "be",   "at",    "this",  "have", "from",  "or",    "had",   "by",    "not",   "but",     "what",
              "were", "we",    "when", "your",  "can",   "said", "there", "which", "do",    "how",   "their", "if",      "will",
              "she",  "he",    "you",  "my",    "i",     "a",    "an",    "in",    "has",   "would", "could", "him",     "her",
              "me",   "about", "who",  "does",  "did",   "why",  "where", "don",   "isn",   "been",  "than",  "so",      "no",
              "out",  "up",    "then", "them",  "into",  "our",  "its",   "all",   "any",   "am",    "us",    "because", "just",
              "get",  "got",   "one",  "some",  "more",  "very", "want",  "know",  "think", "go",    "let",   "should",  "may",
              "also", "only",  "such", "these", "those", "each", "other"}},
      {"de",
       {"der",      "die",    "das",   "und",  "ist",    "nicht",  "ich",    "sie",    "es",     "ein",    "eine",   "einen",
        "einem",    "einer",  "zu",    "den",  "dem",    "des",    "mit",    "auf",    "für",    "von",    "war",    "er",
        "wir",      "sich",   "dass",  "auch", "als",    "wie",    "hat",    "haben",  "wenn",   "aus",    "bei",    "nach",
        "wird",     "werden", "kann",  "noch", "nur",    "oder",   "aber",   "im",     "am",     "zum",    "zur",    "du",
        "mir",      "mich",   "dir",   "sind", "bin",    "habe",   "was",    "in",     "ihr",    "sein",   "seine",  "ihre",
        "durch",    "um",     "so",    "kein", "keine",  "hab",    "ja",     "nein",   "hier",   "da",     "dort",   "jetzt",
        "immer",    "schon",  "mal",   "doch", "wo",     "warum",  "wer",    "wann",   "uns",    "euch",   "ihn",    "ihm",
        "ihnen",    "mein",   "meine", "dein", "deine",  "man",    "denn",   "dann",   "ob",     "vor",    "unter",  "über",
        "zwischen", "will",   "soll",  "muss", "möchte", "konnte", "wurde",  "wurden", "waren",  "hatte",  "hatten", "gut",
        "sehr",     "viel",   "mehr",  "alle", "alles",  "etwas",  "nichts", "diese",  "dieser", "dieses", "jeder",  "gestern",
        "heute",    "morgen", "vom",   "beim", "ins",    "gegen",  "ohne",   "seit",   "bis",    "weil"}},
      {"fr", {"le",      "la",   "les",  "de",    "des",  "du",    "et",    "est",   "un",    "une",   "que",   "qui",
              "dans",    "pour", "pas",  "sur",   "avec", "ce",    "il",    "elle",  "je",    "nous",  "vous",  "ils",
              "sont",    "au",   "aux",  "par",   "plus", "ne",    "se",    "sa",    "son",   "ses",   "ou",    "mais",
              "cette",   "être", "a",    "en",    "l",    "d",     "qu",    "j",     "n",     "c",     "s",     "y",
              "été",     "fait", "tu",   "mon",   "ma",   "à",     "où",    "leur",  "si",    "comme", "tout",  "on",
              "ces",     "ça",   "sans", "avoir", "ont",  "était", "avait", "nos",   "vos",   "leurs", "quand", "pourquoi",
              "comment", "très", "bien", "moi",   "toi",  "lui",   "eux",   "cela",  "aussi", "chez",  "sous",  "entre",
              "jamais",  "rien", "tous", "toute", "m",    "t",     "votre", "notre", "peut",  "doit"}},
      {"es", {"el",   "la",   "los",  "las", "de",   "del", "que",    "y",   "en",   "un",      "una",  "es",    "por",
              "con",  "no",   "para", "se",  "su",   "sus", "al",     "lo",  "como", "más",     "pero", "me",    "le",
              "esta", "este", "está", "son", "fue",  "ha",  "a",      "o",   "si",   "muy",     "sin",  "sobre", "mi",
              "tu",   "te",   "yo",   "él",  "ella", "qué", "cuando", "hay", "ser",  "también", "ya",   "nos",   "les"}},
      {"it", {"il",   "lo",   "la",  "i",     "gli", "le",  "di", "del", "della",  "dei",    "che",  "e",     "è",
              "un",   "una",  "per", "in",    "con", "non", "si", "da",  "dal",    "al",     "alla", "nel",   "nella",
              "sono", "come", "ma",  "anche", "più", "se",  "ha", "ho",  "questo", "questa", "mi",   "ti",    "ci",
              "suo",  "sua",  "io",  "lui",   "lei", "o",   "a",  "l",   "c",      "d",      "era",  "stato", "su"}},
      {"pt", {"o",    "a",    "os",  "as",     "de",   "do",   "da",   "dos",   "das", "que",  "e",    "é",
              "em",   "um",   "uma", "para",   "com",  "não",  "no",   "na",    "nos", "nas",  "se",   "por",
              "mais", "como", "mas", "ao",     "à",    "seu",  "sua",  "ele",   "ela", "eu",   "foi",  "são",
              "está", "tem",  "ou",  "também", "isso", "este", "esta", "muito", "me",  "você", "pelo", "pela"}},
      {"nl", {"de",   "het",  "een",  "van", "en",   "is",   "dat", "niet", "ik",   "op",    "te",     "in",    "zijn",
              "met",  "voor", "die",  "aan", "er",   "om",   "ook", "als",  "maar", "bij",   "hij",    "ze",    "zij",
              "we",   "wij",  "je",   "jij", "was",  "naar", "dan", "uit",  "kan",  "heeft", "hebben", "wordt", "worden",
              "deze", "dit",  "geen", "of",  "over", "wat",  "nog", "door", "haar", "mijn",  "hem"}},
      {"sv", {"och",  "att", "det", "som",   "en", "ett", "på",   "är",  "av",  "för", "med",   "den",  "till",
              "inte", "jag", "har", "de",    "om", "var", "han",  "hon", "vi",  "men", "så",    "från", "kan",
              "ska",  "du",  "när", "eller", "i",  "vid", "över", "mig", "sig", "sin", "detta", "också"}},
      {"pl", {"w",     "i",     "na",    "z",    "nie", "się",   "do",  "że",   "jest", "to",  "o",    "jak", "po",
              "ale",   "za",    "od",    "są",   "co",  "przez", "dla", "jego", "jej",  "był", "była", "tak", "czy",
              "który", "która", "które", "może", "ja",  "my",    "on",  "ona",  "mi",   "go",  "tym",  "ze",  "oraz"}},
      {"cs", {"a",     "je",    "se",   "v",    "na",  "že",  "to",   "z",    "s",  "do",  "ne",   "i",    "o",
              "jsem",  "jsme",  "jsou", "by",   "ale", "jak", "pro",  "za",   "si", "byl", "byla", "bylo", "který",
              "která", "které", "tak",  "jako", "po",  "od",  "není", "když", "ve", "ze",  "co",   "jeho", "také"}},
      {"ro", {"și",  "în",   "de",     "la",  "cu", "nu",   "este", "să",   "pe",  "din",   "că",      "o",   "un",
              "a",   "care", "pentru", "mai", "au", "fi",   "sunt", "ce",   "se",  "am",    "ai",      "sau", "dar",
              "lui", "ei",   "el",     "ea",  "eu", "fost", "prin", "după", "cum", "acest", "această", "al",  "ale"}},
      {"tr", {"ve",   "bir",  "bu",    "da",   "de",  "için",   "ile",  "çok",   "ne",  "mi",   "mı",   "var",
              "daha", "o",    "ben",   "sen",  "biz", "olarak", "gibi", "kadar", "en",  "ama",  "her",  "değil",
              "ya",   "olan", "sonra", "onun", "şey", "mu",     "mü",   "ki",    "yok", "oldu", "bana", "beni"}},
  };
  return all;
}

/// For each function word the places of the languages that have it.
const std::unordered_map<std::string, std::vector<std::size_t>>& languages_of_words() {
  static const auto all = [] {
    std::unordered_map<std::string, std::vector<std::size_t>> languages_of;
    for (std::size_t i = 0; i < languages().size(); ++i) {
      for (const std::string& word : languages()[i].words) languages_of[word].push_back(i);
    }
    return languages_of;
  }();
  return all;
}

/// How many of a text's words are function words of each language, and how many there are.
struct Hits {
  std::vector<std::size_t> of_language;
  std::size_t words = 0;
};

Hits count_hits(std::string_view text) {
  Hits hits{std::vector<std::size_t>(languages().size()), 0};
  for (const std::string_view word : words_of(text)) {
    const auto found = languages_of_words().find(lower_case(word));
    if (found != languages_of_words().end()) {
      for (const std::size_t language : found->second) ++hits.of_language[language];
    }
    ++hits.words;
  }
  return hits;
}

}  // namespace

std::string_view language_instead(std::string_view text, std::string_view expected) {
  const auto& all = languages();
  const auto own = std::ranges::find(all, expected.substr(0, expected.find_first_of("-_")), &Language::code);
  if (own == all.end()) return {};
  const auto [hits, words] = count_hits(text);
  const auto best = std::ranges::max_element(hits) - hits.begin();
  const std::size_t most = hits[static_cast<std::size_t>(best)], expecting = hits[static_cast<std::size_t>(own - all.begin())];
  const bool clear = most >= 2 + 2 * expecting && 4 * most >= words;
  return clear ? all[static_cast<std::size_t>(best)].code : std::string_view();
}

std::string_view most_likely_language(std::string_view text) {
  const std::vector<std::size_t> hits = count_hits(text).of_language;
  const auto best = std::ranges::max_element(hits);
  return *best == 0 ? std::string_view() : languages()[static_cast<std::size_t>(best - hits.begin())].code;
}

}  // namespace mynah
