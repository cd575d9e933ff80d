// Numbers as people read them.
#pragma once
#include <cstdint>
#include <string>

namespace mynah::training {

/// "1 h 05 min", "3 min 20 s", "2 d 4 h".
std::string to_duration(double seconds);
/// "12,345".
std::string with_thousands(std::int64_t number);
/// "1 update", "2,000 updates".
std::string counted(std::int64_t number, const char* one, const char* many);
/// "240 MB"; below one, "139 kB".
std::string to_size(double bytes);
/// With so many digits behind the point.
std::string fixed(double number, int digits);

}  // namespace mynah::training
