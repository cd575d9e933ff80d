// Which files of a folder are meant: by patterns, in the whole tree below it.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::documents {

/// Shell patterns with *, ? and […]. One with a slash is matched with the path from the folder on, another with the file's name.
struct Patterns {
  std::vector<std::string> include;  // empty: nothing is meant
  std::vector<std::string> exclude;  // wins
};

bool matches(const Patterns& patterns, const std::filesystem::path& relative);

/// What a folder holds. All paths are from the folder on, in order.
struct Listing {
  std::vector<std::filesystem::path> meant;
  std::vector<std::filesystem::path> others;  // files that are not meant
  std::vector<std::string> unreadable;        // sentences naming folders that cannot be looked into
};

/// Looks through the tree below `folder`. Hidden folders, links to folders, and `left_out` (the output's folder, if it lies
/// inside; empty: none) are not looked into. Throws Error naming `folder` when it cannot be read itself.
Listing list_folder(const std::filesystem::path& folder, const Patterns& patterns, const std::filesystem::path& left_out = {});

}  // namespace mynah::documents
