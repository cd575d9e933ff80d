// What a translation has to leave as it is: addresses and placeholders.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace mynah {

/// A stretch of text that is no language.
struct Verbatim {
  enum class Kind { url, mail, placeholder };
  Kind kind;
  std::string_view text;
};

/// What users call it: "URL", "mail address", "placeholder".
std::string_view name_of(Verbatim::Kind kind);

/// URLs (https://…, ftp://…, www.…), mail addresses, and placeholders: {name}, {{name}}, ${name}, %s, %1$d, %(name)s, <tag …>,
/// __NAME__, in the order of the text, none within another. Views into `text`.
std::vector<Verbatim> find_verbatim(std::string_view text);

/// How often `part` stands in `text`, overlaps apart.
std::size_t count_of(std::string_view part, std::string_view text);

}  // namespace mynah
