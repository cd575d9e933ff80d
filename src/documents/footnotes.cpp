#include "documents/footnotes.h"

#include <algorithm>
#include <set>

#include "documents/plain_text.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

using Marks = std::set<std::string, std::less<>>;

/// "[^1]" at the beginning of the text; else empty.
std::string_view leading_mark(std::string_view text) {
  if (!text.starts_with("[^")) return {};
  const std::size_t end = text.find_first_of(" \t[]", 2);
  return end == text.npos || end == 2 || text[end] != ']' ? std::string_view() : text.substr(0, end + 1);
}

/// The line without up to three blanks in front; indented further it is code, or goes on with what stood before.
std::string_view unindented(std::string_view line) {
  const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  return blanks <= 3 ? line.substr(blanks) : std::string_view();
}

/// Calls visit(line, its end, whether it is fenced code) for every line in turn.
template <class Visit>
void each_line(std::string_view markdown, Visit visit) {
  std::string_view fence;
  while (!markdown.empty()) {
    const std::string_view rest = markdown, line = take_line(markdown);
    const std::string_view start = unindented(line).substr(0, 3);
    const bool is_fence = start == "```" || start == "~~~";
    if (is_fence && fence.empty()) {
      fence = start;
    } else if (is_fence && fence == start) {
      fence = {};
    }
    visit(line, rest.substr(line.size(), rest.size() - markdown.size() - line.size()), is_fence || !fence.empty());
  }
}

Marks defined_marks(std::string_view markdown) {
  Marks marks;
  each_line(markdown, [&](std::string_view line, std::string_view, bool fenced) {
    const std::string_view start = unindented(line);
    if (!fenced && !footnote_label(start).empty()) marks.emplace(leading_mark(start));
  });
  return marks;
}

void append_without(const Marks& marks, std::string_view line, std::string& text) {
  bool in_code = false;
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view mark = in_code ? std::string_view() : leading_mark(line.substr(at));
    if (!mark.empty() && marks.contains(mark)) {
      at += mark.size();
      continue;
    }
    in_code ^= line[at] == '`';
    text.push_back(line[at++]);
  }
}

}  // namespace

std::string_view footnote_label(std::string_view text) {
  const std::string_view mark = leading_mark(text);
  if (mark.empty() || !text.substr(mark.size()).starts_with(':')) return {};
  const std::string_view behind = text.substr(mark.size() + 1);
  return text.substr(0, text.size() - trim_start(behind).size());
}

std::string with_plain_footnotes(std::string_view markdown) {
  const Marks marks = defined_marks(markdown);
  if (marks.empty()) return std::string(markdown);
  std::string text;
  each_line(markdown, [&](std::string_view line, std::string_view end, bool fenced) {
    const std::string_view label = fenced ? std::string_view() : footnote_label(unindented(line));
    if (fenced) {
      text += line;
    } else if (!label.empty()) {
      text.append("\n\\").append(label);  // escaped, else it might define a link
      append_without(marks, unindented(line).substr(label.size()), text);
    } else {
      append_without(marks, line, text);
    }
    text += end;
  });
  return text;
}

}  // namespace mynah::documents
