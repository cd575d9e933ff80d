// How a finished file comes by its name: at once, and so that a crash leaves either the old file or the new one.
#pragma once
#include <string>

namespace mynah {

/// What a link points at, so that the link itself stays; other paths as they are.
std::string behind_links(const std::string& path);

/// Renames a file whose content is on the disk over `target`. Throws Error naming the target.
void give_name(const std::string& file, const std::string& target);

}  // namespace mynah
