// Which files can be read as documents, and what makes text of those that cannot.
#pragma once
#include <string>
#include <string_view>

namespace mynah::documents {

enum class Format { text, markdown, html };

/// The name without the ending of a compression that is read (.gz, .xz, .zst).
std::string uncompressed_name(const std::string& name);

/// Told by the (unpacked) content's first bytes and the ending of the uncompressed name. Throws Error naming the file where it is
/// something else: what it seems to be, and the command that converts it.
Format recognize_format(std::string_view content, const std::string& name);

}  // namespace mynah::documents
