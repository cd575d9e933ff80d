// Where the lines to translate come from: words of the command line, a file, standard input, or a prompt at the terminal.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mynah::inference {

class LineSource {
 public:
  /// The words are one text; a line break in it still ends a line.
  static LineSource of_words(const std::vector<std::string>& words);
  /// "-" is standard input. Throws Error naming the file when it cannot be read.
  static LineSource of_file(const std::string& path);
  /// Shows `prompt` on standard error before each line of standard input.
  static LineSource of_prompt(const std::string& prompt);

  std::optional<std::string> next();
  /// The first of the coming lines that is not blank (of a thousand at most), without taking it; "" for a prompt.
  std::string sample();

  /// As errors call it.
  const std::string& name() const { return name_; }
  /// Lines given so far.
  std::uint64_t given() const { return given_; }

 private:
  using Next = std::function<std::optional<std::string>()>;
  LineSource(std::string name, Next next) : name_(std::move(name)), next_(std::move(next)) {}

  std::string name_;
  Next next_;
  bool prompts_ = false;
  std::deque<std::string> looked_at_;
  std::uint64_t given_ = 0;
};

/// Lines of a file; 0 where they cannot be counted beforehand (standard input, a pipe).
std::uint64_t count_lines(const std::string& path);

}  // namespace mynah::inference
