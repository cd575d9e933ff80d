// A look at an .spm file before the SentencePiece library opens it: the library trusts its files.
#pragma once
#include <string_view>

namespace mynah {

/// Throws Error, saying what is wrong, unless the library reads these bytes and encodes any text with them within its bounds:
/// messages are whole, pieces are UTF-8 without zero bytes and with finite scores, normalisation rules stay inside themselves.
void check_sentencepiece_file(std::string_view bytes);

}  // namespace mynah
