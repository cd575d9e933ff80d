// Numbers in Chinese characters.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mynah {

/// Numbers written in Chinese characters, digits among them (一千五百, 二〇二四, 150万), as ASCII digits.
std::vector<std::string> chinese_numbers(std::string_view text);

}  // namespace mynah
