// Which language a document is in, as far as sentences and words are cut by it.
#pragma once
#include <string>
#include <string_view>

namespace mynah::documents {

/// A BCP-47 code: by script where one language is most of what is written in it, else by its function words. Empty where
/// nothing tells.
std::string guess_language(std::string_view text);

}  // namespace mynah::documents
