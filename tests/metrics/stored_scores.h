// Scores of damaged references (corruption.h), computed by sacrebleu 2.5.1: `sacrebleu_test.py score_lines --stored` prints them.
#pragma once
#include <array>

namespace mynah::metrics {

struct StoredScore {
  const char *references, *metric, *tokenize;
  bool lowercase;
  double value;
};

inline constexpr std::array<StoredScore, 40> kStoredScores{{
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "13a", false, 47.1291},
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "13a", true, 56.9284},
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "zh", false, 47.1230},
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "intl", false, 47.6548},
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "char", false, 81.7791},
    {"translation/multi30k/test_2016_flickr.de.gz", "bleu", "none", false, 42.1008},
    {"translation/multi30k/test_2016_flickr.de.gz", "chrf", "13a", false, 77.2760},
    {"translation/multi30k/test_2016_flickr.de.gz", "chrf", "13a", true, 80.5677},
    {"translation/multi30k/test_2016_flickr.de.gz", "chrf++", "13a", false, 75.5637},
    {"translation/multi30k/test_2016_flickr.de.gz", "chrf++", "13a", true, 79.8465},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "13a", false, 48.9491},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "13a", true, 57.7428},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "zh", false, 48.9413},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "intl", false, 49.5135},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "char", false, 83.4195},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "bleu", "none", false, 41.5081},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "chrf", "13a", false, 78.9049},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "chrf", "13a", true, 81.7706},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "chrf++", "13a", false, 77.0417},
    {"translation/newstest2013/newstest2013.de-en.de.xz", "chrf++", "13a", true, 80.8718},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "13a", false, 48.0982},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "13a", true, 57.1479},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "zh", false, 48.0692},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "intl", false, 49.2516},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "char", false, 81.3265},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "bleu", "none", false, 41.2954},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "chrf", "13a", false, 76.0141},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "chrf", "13a", true, 79.3823},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "chrf++", "13a", false, 74.7741},
    {"translation/newstest2013/newstest2013.de-en.en.xz", "chrf++", "13a", true, 79.0271},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "13a", false, 2.1069},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "13a", true, 2.1109},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "zh", false, 54.2620},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "intl", false, 6.9801},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "char", false, 54.5404},
    {"translation/tatoeba-en-zh/test.zh.xz", "bleu", "none", false, 18.8438},
    {"translation/tatoeba-en-zh/test.zh.xz", "chrf", "13a", false, 47.8896},
    {"translation/tatoeba-en-zh/test.zh.xz", "chrf", "13a", true, 47.9924},
    {"translation/tatoeba-en-zh/test.zh.xz", "chrf++", "13a", false, 43.2427},
    {"translation/tatoeba-en-zh/test.zh.xz", "chrf++", "13a", true, 43.3317},
}};

}  // namespace mynah::metrics
