// Corpus-level scores and the one list of them that validation and --score use.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::metrics {

/// The end of every signature: the sacreBLEU release whose behaviour is reproduced, and by whom.
inline constexpr std::string_view kSignatureVersion = "2.5.1-mynah";

/// A score, its name as users write it, and the signature that makes it reproducible (in sacreBLEU's form).
struct Score {
  std::string name;       // "bleu"
  double value = 0;       // 0 … 100
  std::string signature;  // "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:…"
  std::string detail;     // "60.2/35.1/22.8/15.0 (BP = 0.98 …)"
};

struct MetricOptions {
  std::string tokenize = "13a";  // BLEU: 13a, zh, intl, char, none; "" chooses by target language (zh → zh)
  bool lowercase = false;
  std::string target_language;
};

/// Names accepted by score(): "bleu", "chrf", "chrf++", "rouge1", "rouge2", "rougeL", "rougeLsum".
std::vector<std::string> metric_names();

/// Scores hypotheses against references, line by line. Throws Error when the counts differ, UsageError when the name of the
/// metric or of the tokenization is unknown. No lines at all score 0.
Score score(std::string_view metric, std::span<const std::string> hypotheses, std::span<const std::string> references,
            const MetricOptions& options);

/// The line sacreBLEU prints, or one like it: "BLEU|nrefs:1|…|version:… = 39.52 70.1/46.0/32.2/23.1 (BP = …)".
std::string report_line(const Score& score);

}  // namespace mynah::metrics
