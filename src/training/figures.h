// Numbers as people read them.
#pragma once
#include <cstdint>
#include <string>

namespace mynah::training {

/// "1 h 05 min", "3 min 20 s", "2 d 4 h".
std::string to_duration(double seconds);
/// "12,345".
std::string with_thousands(std::int64_t number);
/// With so many digits behind the point.
std::string fixed(double number, int digits);

}  // namespace mynah::training
