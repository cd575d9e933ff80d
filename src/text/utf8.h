// UTF-8: validity, repair, code points.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mynah {

bool is_valid_utf8(std::string_view text);

/// Replaces every invalid sequence by U+FFFD (as the WHATWG decoder does); `repaired`, when given, grows by how many.
std::string repair_utf8(std::string_view text, std::size_t* repaired = nullptr);

std::size_t count_code_points(std::string_view text);

/// The text, cut after `limit` code points at most.
std::string_view first_code_points(std::string_view text, std::size_t limit);

/// Whether there is nothing but white space (Unicode's) in it.
bool is_blank(std::string_view text);

/// Lower case by Unicode's full mapping, independent of locale.
std::string lower_case(std::string_view text);

/// Whether most of its letters belong to `language`'s script ("zh": Han; "ru": Cyrillic …); true for text without letters.
bool fits_script(std::string_view text, std::string_view language);

}  // namespace mynah
