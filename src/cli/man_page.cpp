#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "base/error.h"
#include "cli/all_options.h"
#include "cli/option_text.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

/// The code point that starts at `text[at]`, and past its bytes.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const unsigned char lead = byte(at);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t character = more == 0 ? lead : lead & (0x3FU >> more);
  ++at;
  for (int i = 0; i < more; ++i) character = character << 6 | (byte(at++) & 0x3FU);
  return character;
}

/// Text as roff wants it: nothing in it is a request, and plain ASCII shows every character.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (character > 0x7F) {
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "\\[u%04X]", static_cast<unsigned>(character));
      out += name.data();
    } else if (character == '\\') {
      out += "\\e";
    } else if (character == '-') {
      out += "\\-";
    } else if ((character == '.' || character == '\'') && (out.empty() || out.back() == '\n')) {
      out += concat("\\&", static_cast<char>(character));
    } else {
      out += static_cast<char>(character);
    }
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string entry(const Option& option) {
  std::string text = ".TP\n";
  if (const std::string short_form = letter(option); !short_form.empty()) text += bold("-" + short_form) + ", ";
  text += bold(spelling(option));
  if (const std::string value = value_name(option); !value.empty()) text += " " + italic(value);
  text += "\n" + roff(description(option));
  if (const std::string others = other_spellings(option); !others.empty()) text += ".\nAlso " + roff(others) + ".";
  return text + "\n";
}

std::string exit_status() {
  return R"(.SH EXIT STATUS
.TP
0
All is done.
.TP
1
A file, an option or a model is wrong; standard error says which and why.
.TP
2
The command line is wrong.
.TP
3
All is done, but some files failed; each is named.
.TP
70
The program met a mistake of its own.
.TP
130
It was interrupted; what can be gone on with was saved.
)";
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// The text's paragraphs, which empty lines separate.
std::string paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    if (!out.empty()) out += ".PP\n";
    out += roff(text.substr(0, end)) + "\n";
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  }
  return out;
}

}  // namespace

std::string man_page(const Program& program, const OptionList& list) {
  const AllOptions all(list);
  std::string text = concat(".TH ", upper(program.name), " 1 \"", MYNAH_DATE, "\" \"Mynah ", MYNAH_VERSION, "\" \"Mynah\"\n");
  text += concat(".SH NAME\n", roff(program.name), " \\- ", roff(program.summary), '\n');
  text += concat(".SH SYNOPSIS\n", bold(program.name), " [", italic("OPTION…"), "]");
  text += program.positional.empty() ? "\n" : concat(" [\\-\\-] ", italic(program.positional), '\n');
  text += concat(".SH DESCRIPTION\n", paragraphs(program.description.empty() ? program.summary : program.description));
  text += ".SH OPTIONS\n";
  for (const OptionGroup& group : by_group(all.list())) {
    text += concat(".SS ", roff(group.heading), '\n');
    for (const Option* option : group.options) text += entry(*option);
  }
  text += exit_status();
  if (!program.examples.empty()) text += ".SH EXAMPLES\n";
  for (const auto& [command, meaning] : program.examples) text += concat(".TP\n", bold(command), '\n', roff(meaning), '\n');
  return text;
}

}  // namespace mynah::cli
