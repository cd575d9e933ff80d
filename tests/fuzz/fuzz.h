// What the fuzzed readers share: whatever the bytes, a reader accepts them or throws Error. Everything else is a finding.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "base/error.h"

/// libFuzzer's entry point: each fuzzer defines it, libFuzzer or replay.cpp calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace mynah::fuzz {

/// Ends the process, which libFuzzer and replay.cpp report with the input, unless `condition` holds.
inline void expect(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

/// Whether `read` ends without Error.
template <class Read>
bool accepts(Read read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    expect(error.what()[0] != '\0', "an Error says something");
    return false;
  }
}

}  // namespace mynah::fuzz
