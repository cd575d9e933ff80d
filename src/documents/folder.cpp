#include "documents/folder.h"

#include <fnmatch.h>

#include <algorithm>
#include <system_error>

#include "base/error.h"

namespace mynah::documents {
namespace {

namespace fs = std::filesystem;

bool matches_any(const std::vector<std::string>& patterns, const fs::path& relative) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    const std::string subject = (pattern.find('/') == std::string::npos ? relative.filename() : relative).string();
    return ::fnmatch(pattern.c_str(), subject.c_str(), FNM_PERIOD) == 0;
  });
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

class Walk {
 public:
  Walk(const fs::path& folder, const Patterns& patterns, const fs::path& left_out)
      : folder_(folder), patterns_(patterns), left_out_(left_out) {}

  /// Throws Error when the folder cannot be read.
  void look_into(const fs::path& relative) {
    std::error_code error;
    fs::directory_iterator entries(folder_ / relative, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) visit(*entries, relative);
    if (error) throw Error(concat("cannot read the folder ", (folder_ / relative).string(), ": ", error.message()));
  }

  Listing take() {
    std::ranges::sort(listing_.meant);
    std::ranges::sort(listing_.others);
    std::ranges::sort(listing_.unreadable);
    return std::move(listing_);
  }

 private:
  void visit(const fs::directory_entry& entry, const fs::path& parent) {
    const fs::path relative = parent / entry.path().filename();
    std::error_code error;
    if (entry.is_directory(error)) {
      if (!is_hidden(relative) && !entry.is_symlink(error) && !is_left_out(entry.path())) descend(relative);
    } else {
      (matches(patterns_, relative) ? listing_.meant : listing_.others).push_back(relative);
    }
  }

  void descend(const fs::path& relative) {
    try {
      look_into(relative);
    } catch (const Error& error) {
      listing_.unreadable.emplace_back(error.what());
    }
  }

  bool is_left_out(const fs::path& path) const {
    std::error_code error;
    return !left_out_.empty() && fs::equivalent(path, left_out_, error);
  }

  const fs::path& folder_;
  const Patterns& patterns_;
  const fs::path& left_out_;
  Listing listing_;
};

}  // namespace

bool matches(const Patterns& patterns, const fs::path& relative) {
  return matches_any(patterns.include, relative) && !matches_any(patterns.exclude, relative);
}

Listing list_folder(const fs::path& folder, const Patterns& patterns, const fs::path& left_out) {
  Walk walk(folder, patterns, left_out);
  walk.look_into({});
  return walk.take();
}

}  // namespace mynah::documents
