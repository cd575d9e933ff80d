// Something about a translated sentence, or a summary, that a person should look at.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::inference {

struct Finding {
  enum class Kind {
    suspect,  // the translation as a whole is doubtful
    missing,  // something that should survive translation, as a number, did not
    changed,  // the input was not translated as it stood: repaired, cut
    unmet,    // a wish for a summary could not be met
  };
  Kind kind = Kind::suspect;
  std::string reason;  // "the number 1,500 is missing"
};

/// As reports show it.
constexpr std::string_view name_of(Finding::Kind kind) {
  if (kind == Finding::Kind::suspect) return "suspect";
  if (kind == Finding::Kind::missing) return "missing";
  return kind == Finding::Kind::changed ? "changed" : "unmet";
}

/// Whether the translation as a whole is doubtful.
inline bool is_suspect(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& finding) { return finding.kind == Finding::Kind::suspect; });
}

}  // namespace mynah::inference
