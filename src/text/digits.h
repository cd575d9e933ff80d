// Digits of any script as ASCII.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mynah {

/// The digit at `offset`, which moves behind it; stays where there is none.
std::optional<char> digit_at(std::string_view text, std::size_t& offset);

/// The same for as many as stand there.
std::string digits_at(std::string_view text, std::size_t& offset);

/// Value of ASCII digits, where they are at most fifteen.
std::optional<std::int64_t> value_of(const std::string& digits);

}  // namespace mynah
