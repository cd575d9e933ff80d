// How BLEU cuts text into words: the tokenizations of the WMT scorers, under sacreBLEU's names.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mynah::metrics {

/// Text to text with spaces between tokens.
using BleuTokenizer = std::u32string (*)(std::u32string_view);

/// "13a" (NIST mteval-v13a), "zh" (every Chinese character alone), "intl" (mteval-v14: Unicode punctuation and symbols),
/// "char", "none". Throws UsageError naming them when `name` is none of these.
BleuTokenizer bleu_tokenizer(std::string_view name);

std::vector<std::string> bleu_tokenizer_names();

/// The tokenization a target language calls for: zh for Chinese, char for Japanese and Thai, else 13a.
std::string bleu_tokenizer_for(std::string_view language);

}  // namespace mynah::metrics
