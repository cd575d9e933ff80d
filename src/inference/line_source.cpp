#include "inference/line_source.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>

#include "base/files.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

std::optional<std::string> next_of(LineReader& reader) {
  std::string line;
  if (!reader.next(line)) return std::nullopt;
  return line;
}

}  // namespace

LineSource LineSource::of_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  auto stream = std::make_shared<std::istringstream>(text);
  return {"the command line", [stream]() -> std::optional<std::string> {
            std::string line;
            if (!std::getline(*stream, line)) return std::nullopt;
            return line;
          }};
}

LineSource LineSource::of_file(const std::string& path) {
  auto reader = std::make_shared<LineReader>(path);
  return {path == "-" ? "standard input" : path, [reader] { return next_of(*reader); }};
}

LineSource LineSource::of_prompt(const std::string& prompt) {
  auto reader = std::make_shared<LineReader>("-");
  LineSource source("standard input", [reader, prompt] {
    std::cerr << prompt << std::flush;
    return next_of(*reader);
  });
  source.prompts_ = true;
  return source;
}

std::optional<std::string> LineSource::next() {
  std::optional<std::string> line;
  if (looked_at_.empty()) {
    line = next_();
  } else {
    line = std::move(looked_at_.front());
    looked_at_.pop_front();
  }
  given_ += line ? 1 : 0;
  return line;
}

std::string LineSource::sample() {
  constexpr std::size_t kMostLines = 1000;
  while (!prompts_ && looked_at_.size() < kMostLines) {
    const std::optional<std::string> line = next_();
    if (!line) break;
    looked_at_.push_back(*line);
    if (!is_blank(*line)) return *line;
  }
  return {};
}

std::uint64_t count_lines(const std::string& path) {
  if (path == "-" || !std::filesystem::is_regular_file(path)) return 0;
  LineReader reader(path);
  std::string line;
  while (reader.next(line)) continue;
  return reader.line_number();
}

}  // namespace mynah::inference
