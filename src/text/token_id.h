// The type of ids, in one place.
#pragma once
#include <cstdint>

namespace mynah {

using TokenId = std::int32_t;

}  // namespace mynah
