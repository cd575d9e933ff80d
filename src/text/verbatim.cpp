#include "text/verbatim.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/utf8.h"

namespace mynah {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool one_of(char c, std::string_view characters) { return characters.find(c) != characters.npos; }

/// How many bytes from the beginning satisfy the test.
template <class Test>
std::size_t span_of(std::string_view text, Test test) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, test) - text.begin());
}

/// Where one is found at the beginning of a text: its bytes; 0: none. `before` is the byte in front of it, 0 for none.
using Finder = std::size_t (*)(std::string_view text, char before);

std::size_t url(std::string_view text, char before) {
  if (is_word(before)) return 0;
  constexpr std::array<std::string_view, 5> kBeginnings = {"https://", "http://", "ftp://", "file://", "www."};
  const auto begins = [&](std::string_view beginning) { return text.starts_with(beginning); };
  const auto beginning = std::ranges::find_if(kBeginnings, begins);
  if (beginning == kBeginnings.end()) return 0;
  std::size_t size = span_of(text, [](char c) { return c > ' ' && c < 0x7F && !one_of(c, "<>\"`|^{}\\"); });
  while (size > 0 && one_of(text[size - 1], ".,;:!?'*_")) --size;
  if (text[size - 1] == ')' && text.substr(0, size).find('(') == text.npos) --size;
  return size > beginning->size() ? size : 0;
}

std::size_t mail(std::string_view text, char before) {
  constexpr auto in_name = [](char c) { return is_word(c) || one_of(c, ".+-%"); };
  constexpr auto in_host = [](char c) { return is_letter(c) || is_digit(c) || one_of(c, ".-"); };
  if (in_name(before) || !in_name(text.front())) return 0;
  const std::size_t name = span_of(text, in_name);
  if (name == text.size() || text[name] != '@') return 0;
  std::size_t size = name + 1 + span_of(text.substr(name + 1), in_host);
  while (size > 0 && one_of(text[size - 1], ".-")) --size;
  const std::string_view host = text.substr(0, size).substr(std::min(size, name + 1));
  return host.find('.') != host.npos && host.front() != '.' && is_letter(host.back()) ? size : 0;
}

constexpr std::size_t kLongestName = 60;  // of a placeholder

/// `opening`, a name, `closing`.
std::size_t enclosed(std::string_view text, std::string_view opening, std::string_view closing, std::string_view in_name) {
  if (!text.starts_with(opening)) return 0;
  const std::string_view rest = text.substr(opening.size());
  const std::size_t name = span_of(rest, [&](char c) { return is_word(c) || one_of(c, in_name); });
  if (name == 0 || name > kLongestName || !rest.substr(name).starts_with(closing)) return 0;
  return opening.size() + name + closing.size();
}

std::size_t braces(std::string_view text, char) {
  for (const auto& [opening, closing] :
       {std::pair("{{", "}}"), std::pair("${", "}"), std::pair("#{", "}"), std::pair("{", "}")}) {
    const bool spaces = std::string_view(opening).size() > 1;
    if (const std::size_t size = enclosed(text, opening, closing, spaces ? " .:$-|[]" : ".:$-,")) return size;
  }
  return 0;
}

/// printf's; "100 % sure" and "5%d" are none.
std::size_t format(std::string_view text, char before) {
  if (text.front() != '%' || is_digit(before) || before == '%') return 0;
  std::size_t size = enclosed(text, "%(", ")", ".");
  if (size == 0) size = 1;
  size += span_of(text.substr(size), [](char c) { return is_digit(c) || one_of(c, "$-+#.*"); });
  size += span_of(text.substr(size), [](char c) { return one_of(c, "hlLqzt"); });
  if (size >= text.size() || !one_of(text[size], "sdiufFxXoeEgGcp@")) return 0;
  ++size;
  return size < text.size() && is_word(text[size]) ? 0 : size;
}

std::size_t tag(std::string_view text, char) {
  if (text.size() < 3 || text.front() != '<') return 0;
  const std::string_view name = text.substr(text[1] == '/' ? 2 : 1);
  if (name.empty() || !is_letter(name.front())) return 0;
  const std::size_t end = text.find_first_of("<>", 1);
  constexpr std::size_t kLongestTag = 200;
  return end != text.npos && text[end] == '>' && end < kLongestTag ? end + 1 : 0;
}

std::size_t underscored(std::string_view text, char before) {
  if (is_word(before) || !text.starts_with("__")) return 0;
  const std::size_t size = span_of(text, is_word);
  return size > 4 && text.substr(0, size).ends_with("__") && text.substr(2, size - 4).find_first_not_of('_') != text.npos ? size
                                                                                                                          : 0;
}

struct Form {
  Verbatim::Kind kind;
  Finder find;
};
constexpr std::array<Form, 6> kForms = {{{Verbatim::Kind::url, url},
                                         {Verbatim::Kind::mail, mail},
                                         {Verbatim::Kind::placeholder, braces},
                                         {Verbatim::Kind::placeholder, format},
                                         {Verbatim::Kind::placeholder, tag},
                                         {Verbatim::Kind::placeholder, underscored}}};

}  // namespace

std::string_view name_of(Verbatim::Kind kind) {
  if (kind == Verbatim::Kind::url) return "URL";
  return kind == Verbatim::Kind::mail ? "mail address" : "placeholder";
}

std::vector<Verbatim> find_verbatim(std::string_view text) {
  std::vector<Verbatim> found;
  if (text.find_first_of("@%{<_:.") == text.npos) return found;
  for (std::size_t begin = 0; begin < text.size();) {
    const char before = begin == 0 ? '\0' : text[begin - 1];
    std::size_t size = 0;
    for (const auto& [kind, find] : kForms) {
      size = find(text.substr(begin), before);
      if (size == 0) continue;
      found.push_back({kind, text.substr(begin, size)});
      break;
    }
    begin += std::max<std::size_t>(size, 1);
  }
  return found;
}

std::size_t count_of(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace mynah
