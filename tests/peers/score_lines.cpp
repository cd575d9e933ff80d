// Gives the sacreBLEU peer test our side: scores of two files, and the damaged text that the stored figures were made of.
//   score_lines bleu 13a mixed HYPOTHESES REFERENCES
//   score_lines corrupt REFERENCES
#include <iostream>

#include "../metrics/corruption.h"
#include "base/error.h"
#include "base/files.h"
#include "metrics/metric.h"

namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  mynah::LineReader reader(path);
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 2 && words[0] == "corrupt") {
    for (const std::string& line : mynah::metrics::corrupt(lines_of(words[1]))) std::cout << line << '\n';
  } else if (words.size() == 5) {
    const mynah::metrics::MetricOptions options{words[1], words[2] == "lc", ""};
    std::cout << report_line(mynah::metrics::score(words[0], lines_of(words[3]), lines_of(words[4]), options)) << '\n';
  } else {
    throw mynah::UsageError("score_lines expects METRIC TOKENIZATION lc|mixed HYPOTHESES REFERENCES, or corrupt REFERENCES");
  }
} catch (const mynah::Error& error) {
  std::cerr << "score_lines: " << error.what() << '\n';
  return 1;
}
