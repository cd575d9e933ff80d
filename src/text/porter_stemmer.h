// English words without their endings: the suffix stripping of Porter (1980), as NLTK extends it.
#pragma once
#include <string>
#include <string_view>

namespace mynah {

/// The stem of a lower-case word ("conditional" → "condit"). What is no letter from a to z counts as a consonant.
/// NLTK's default mode: a list of irregular words, "dies" → "die", "enjoy" → "enjoy", words of one or two letters stay.
std::string porter_stem(std::string_view word);

}  // namespace mynah
