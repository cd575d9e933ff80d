// Something about a translated sentence that a person should look at.
#pragma once
#include <string>

namespace mynah::inference {

struct Finding {
  enum class Kind {
    suspect,  // the translation as a whole is doubtful
    missing,  // something that should survive translation, as a number, did not
    changed,  // the input was not translated as it stood: repaired, cut
  };
  Kind kind = Kind::suspect;
  std::string reason;  // "the number 1,500 is missing"
};

}  // namespace mynah::inference
