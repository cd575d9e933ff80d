// Errors of the user's making (Error) and of ours (ensure).
#pragma once
#include <source_location>
#include <sstream>
#include <stdexcept>
#include <string>

namespace mynah {

/// The user's file, option or model is wrong. The message is one sentence: what was being done, on which file / line / option,
/// what was expected, what was found, the likely cause. Programs print it and exit with 1.
class [[gnu::visibility("default")]] Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command line itself is wrong (unknown option, value out of range, contradiction). Programs print it and exit with 2.
class [[gnu::visibility("default")]] UsageError : public Error {
 public:
  using Error::Error;
};

/// A signal asked the program to stop while it waited for input. Programs print it and exit with 130.
class [[gnu::visibility("default")]] Interrupted : public Error {
 public:
  using Error::Error;
};

/// The reader of our output went away (`translate … | head`). Programs end quietly with 141, as if by SIGPIPE.
class [[gnu::visibility("default")]] BrokenPipe : public Error {
 public:
  using Error::Error;
};

/// The parts, streamed one after the other: concat("line ", 7, " is empty").
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

/// Throws std::logic_error naming the place when `condition`, which our own code guarantees, does not hold (exit code 70).
void ensure(bool condition, const char* what, std::source_location place = std::source_location::current());

}  // namespace mynah
