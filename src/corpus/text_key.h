// Texts as numbers: equal texts have equal ones, others differ but for a chance of one in 2^64.
#pragma once
#include <cstdint>
#include <string_view>

namespace mynah::corpus {

/// Of the bytes, the same on every machine.
std::uint64_t text_key(std::string_view text);

/// Of what is left without case, punctuation, white space and control characters; 0 when nothing is. `kept`, when given, becomes
/// the number of code points that are left.
std::uint64_t plain_text_key(std::string_view text, std::size_t* kept = nullptr);

}  // namespace mynah::corpus
