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

/// The code point that begins at `offset`, which moves behind it; U+FFFD where the bytes are ill-formed.
char32_t next_code_point(std::string_view text, std::size_t& offset);

/// The code point that ends at `offset`, which moves in front of it; U+FFFD where the bytes are ill-formed.
char32_t previous_code_point(std::string_view text, std::size_t& offset);

bool is_white_space(char32_t code_point);  // Unicode's White_Space

/// The text without the white space it begins with.
std::string_view trim_start(std::string_view text);

/// The text without the white space it ends in.
std::string_view trim_end(std::string_view text);

/// Whether there is nothing but white space (Unicode's) in it.
bool is_blank(std::string_view text);

/// Lower case by Unicode's full mapping, independent of locale.
std::string lower_case(std::string_view text);

/// How many of its letters belong to `language`'s script, as a share; 1 for text without letters and unknown languages.
double script_share(std::string_view text, std::string_view language);

/// Whether most of its letters belong to `language`'s script ("zh": Han; "ru": Cyrillic …); true for text without letters.
bool fits_script(std::string_view text, std::string_view language);

}  // namespace mynah
