#include "base/error.h"

namespace mynah {

void ensure(bool condition, const char* what, std::source_location place) {
  if (!condition) throw std::logic_error(concat(place.file_name(), ":", place.line(), ": not so: ", what));
}

}  // namespace mynah
