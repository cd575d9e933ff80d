#include "documents/plain_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "documents/mail.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

constexpr std::size_t kUsuallyWrapped = 120, kWidestWrapped = 240;  // characters of a line
constexpr std::size_t kLongestHeading = 80;

/// Of a script that may be broken between any two letters, as Han, kana and Thai.
bool is_unspaced(char32_t letter) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_breaksBetweenLetters(uscript_getScript(static_cast<UChar32>(letter), &status)) != 0 ||
         (letter >= 0x3000 && letter <= 0x303F) || (letter >= 0xFF00 && letter <= 0xFF65);  // CJK punctuation, full-width forms
}

bool is_layout(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

bool ends_unspaced(std::string_view text) {
  std::size_t end = text.size();
  return !text.empty() && is_unspaced(previous_code_point(text, end));
}

bool begins_unspaced(std::string_view text) {
  std::size_t begin = 0;
  return !text.empty() && is_unspaced(next_code_point(text, begin));
}

bool begins_lower_case(std::string_view line) {
  std::size_t begin = 0;
  return !line.empty() && u_islower(static_cast<UChar32>(next_code_point(line, begin)));
}

/// "- ", "* ", "• ", "12. ", "3) " …
bool begins_list_item(std::string_view line) {
  constexpr std::array<std::string_view, 6> kBullets{"- ", "* ", "+ ", "\u2022", "\u2013 ", "\u2014 "};
  if (std::ranges::any_of(kBullets, [&](std::string_view bullet) { return line.starts_with(bullet); })) return true;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const std::string_view mark = line.substr(digits, 2);
  return digits > 0 && digits < 4 && (mark == ". " || mark == ") ");
}

bool ends_as_sentence(std::string_view text) {
  std::size_t end = text.size();
  const char32_t last = previous_code_point(text, end);
  return !u_isalnum(static_cast<UChar32>(last));
}

/// "=====", "* * *", "+---+---+": what rules a page, or underlines.
bool is_ruler(std::string_view line) {
  constexpr std::u32string_view kMarks = U"=-_*~#+|\u2013\u2014\u2015\u2500\u2501\u2550";
  std::size_t marks = 0;
  for (std::size_t next = 0; next < line.size();) {
    const char32_t mark = next_code_point(line, next);
    if (is_white_space(mark)) continue;
    if (kMarks.find(mark) == kMarks.npos) return false;
    ++marks;
  }
  return marks >= 3;
}

/// "Deadline: Friday", "Total cost: 3.2 million euros"; not "Chapter 3: The Whale".
bool begins_with_label(std::string_view line) {
  const std::size_t end = std::min(line.find(": "), line.find("\uFF1A"));
  return end < line.size() && line.substr(0, end).find_first_of("0123456789") == line.npos && !line.ends_with("\uFF1A");
}

/// "We sold 300 tickets"; not "2 Methods", "Chapter 3 The Whale" or "Report for 2024".
bool tells_a_number(std::string_view line) {
  std::size_t words_before = 0;
  for (std::string_view rest = line; !rest.empty(); ++words_before) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    rest = trim_start(rest.substr(word.size()));
    if (words_before >= 2 && !rest.empty() && word.find_first_of("0123456789") != word.npos) return true;
  }
  return false;
}

/// Lines without white space at their ends, and how wide each is.
struct Line {
  std::string text;
  std::size_t width = 0;
  bool aside = false, underlined = false;
};

/// A run of lines that are neither blank nor rulers, all or none of them asides.
using Block = std::vector<Line>;

std::vector<std::string> repaired_lines(std::string_view text, Repairs& repairs) {
  std::vector<std::string> lines;
  while (!text.empty()) lines.push_back(repair_line(take_line(text), repairs));
  return lines;
}

std::vector<Block> blocks_of(const std::vector<std::string>& lines) {
  std::vector<Block> blocks;
  const std::vector<bool> asides = mail_asides(lines);
  bool goes_on = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim_end(trim_start(lines[i]));
    const bool ruler = is_ruler(line);
    if (ruler && goes_on && blocks.back().size() == 1) blocks.back().front().underlined = true;
    if (!line.empty() && !ruler) {
      if (!goes_on || blocks.back().back().aside != asides[i]) blocks.emplace_back();
      blocks.back().push_back({std::string(line), count_code_points(line), asides[i]});
    }
    goes_on = !line.empty() && !ruler;
  }
  return blocks;
}

std::size_t widest_of(const Block& block) { return std::ranges::max_element(block, {}, &Line::width)->width; }

/// The next line's first word had no room.
bool is_full(const Line& line, const Line& next, std::size_t widest) {
  const std::size_t first_word = count_code_points(std::string_view(next.text).substr(0, next.text.find(' ')));
  return line.width + 1 + first_word > widest;
}

/// The width that long lines fill before they are broken, where at least three and nearly all fill nine tenths of the widest. 0
/// where they are paragraphs.
std::size_t filled_width(const std::vector<Block>& blocks) {
  std::size_t widest = 0, breaks = 0, full = 0;
  for (const Block& block : blocks) widest = std::max(widest, widest_of(block));
  if (widest <= kUsuallyWrapped || widest > kWidestWrapped) return 0;
  const std::size_t width = 9 * widest / 10;
  for (const Block& block : blocks) {
    for (std::size_t i = 0; i + 1 < block.size(); ++i) {
      ++breaks;
      full += is_full(block[i], block[i + 1], width) ? 1 : 0;
    }
  }
  return full >= 3 && 10 * full >= 9 * breaks ? width : 0;
}

/// A labelled line of its own, as where several stand one below the other.
bool is_field(const Line& line) {
  return line.width <= kLongestHeading && !ends_as_sentence(line.text) && !begins_lower_case(line.text) &&
         begins_with_label(line.text);
}

bool goes_on(const Line& line, const Line& next, std::size_t widest) {
  if (begins_list_item(next.text) || (is_field(line) && is_field(next))) return false;
  return is_full(line, next, widest) || (begins_lower_case(next.text) && !line.text.ends_with('.'));
}

bool is_heading(const Line& line) {
  if (line.width > kLongestHeading || line.text.ends_with('.')) return false;
  return line.underlined || !(ends_as_sentence(line.text) || begins_list_item(line.text) || begins_with_label(line.text) ||
                              tells_a_number(line.text));
}

/// `width` is what long lines of the whole text fill; 0 where there are none that were broken.
void add_block(const Block& block, std::size_t width, std::vector<Paragraph>& paragraphs) {
  const std::size_t widest = width > 0 ? width : widest_of(block);
  const bool is_wrapped = width > 0 || widest <= kUsuallyWrapped;
  std::string text;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    text.append(text.empty() ? "" : "\n").append(block[i].text);
    ++lines;
    if (i + 1 < block.size() && is_wrapped && goes_on(block[i], block[i + 1], widest)) continue;
    const bool heading = lines == 1 && is_heading(block[i]);
    const ParagraphKind kind = heading ? ParagraphKind::heading : ParagraphKind::prose;
    paragraphs.push_back({single_spaced(text), block[i].aside ? ParagraphKind::aside : kind});
    text.clear();
    lines = 0;
  }
}

}  // namespace

std::string_view take_line(std::string_view& text) {
  const std::size_t size = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(size);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(text.size(), 1));
  return line;
}

std::string single_spaced(std::string_view text) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    bool breaks_line = false;
    while (end < text.size() && is_layout(text[end])) breaks_line |= text[end++] == '\n';
    const std::size_t word_end = static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), is_layout) - text.begin());
    const std::string_view word = text.substr(end, word_end - end);
    if (word.empty()) break;
    const bool no_space = breaks_line && ends_unspaced(result) && begins_unspaced(word);
    if (end > begin && !result.empty() && !no_space) result.push_back(' ');
    result += word;
    begin = word_end;
  }
  return std::string(trim_end(trim_start(result)));
}

std::vector<Paragraph> plain_text_paragraphs(std::string_view text, Repairs& repairs) {
  const std::vector<Block> blocks = blocks_of(repaired_lines(text, repairs));
  const std::size_t width = filled_width(blocks);
  std::vector<Paragraph> paragraphs;
  for (const Block& block : blocks) add_block(block, width, paragraphs);
  if (std::ranges::find(paragraphs, ParagraphKind::prose, &Paragraph::kind) == paragraphs.end()) {
    for (Paragraph& paragraph : paragraphs) {
      if (paragraph.kind == ParagraphKind::heading) paragraph.kind = ParagraphKind::prose;
    }
  }
  return paragraphs;
}

}  // namespace mynah::documents
