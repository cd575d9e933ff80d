// Gives the rouge-score peer test our side.
//   score_summaries words|characters FILE.jsonl     F of each metric for each row's "summary" against each of its "references"
//   score_summaries stem FILE                       the stem of each line
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "metrics/rouge.h"
#include "text/porter_stemmer.h"

namespace {

using mynah::metrics::RougeTokens;

void print_scores(const std::string& row, mynah::metrics::RougeTokenizer& tokenizer) {
  const auto fields = nlohmann::json::parse(row);
  for (const std::string reference : fields.at("references")) {
    for (const auto& overlap : mynah::metrics::rouge(fields.at("summary").get<std::string>(), reference, tokenizer)) {
      std::printf("%.9f ", overlap.f);
    }
  }
  std::printf("\n");
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 3) throw mynah::UsageError("score_summaries expects words, characters or stem, and a file");
  const std::string what = arguments[1];
  mynah::metrics::RougeTokenizer tokenizer(what == "characters" ? RougeTokens::characters : RougeTokens::words);
  mynah::LineReader reader(arguments[2]);
  for (std::string line; reader.next(line);) {
    if (what == "stem") {
      std::puts(mynah::porter_stem(line).c_str());
    } else {
      print_scores(line, tokenizer);
    }
  }
} catch (const mynah::Error& error) {
  std::cerr << "score_summaries: " << error.what() << '\n';
  return 1;
}
