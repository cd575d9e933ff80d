// Mail as plain text: which of its lines its author did not write for this reader.
#pragma once
#include <span>
#include <string>
#include <vector>

namespace mynah::documents {

/// For each line whether it belongs to the header, a quotation, the line that says whose that is ("On Monday, Ann wrote:"), or
/// the signature. All false where the text is not clearly a mail: it begins with at least two of the best known header fields
/// (From, To, Cc, Subject, Date) and a blank line behind the header, or quotes somebody who wrote something on some day.
std::vector<bool> mail_asides(std::span<const std::string> lines);

}  // namespace mynah::documents
