// Which of a dozen languages a text is in, by the small words it cannot do without.
#pragma once
#include <string_view>

namespace mynah {

/// The language (en, de, fr, es, it, pt, nl, sv, pl, cs, ro, tr) whose function words the text has, where they leave no doubt
/// that it is not in `expected`; empty otherwise, and always for an expected language that is not among these.
std::string_view language_instead(std::string_view text, std::string_view expected);

/// The one of these languages whose function words the text has most of; empty where it has none of any.
std::string_view most_likely_language(std::string_view text);

}  // namespace mynah
