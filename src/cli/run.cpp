#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>

#include "base/error.h"
#include "base/file_descriptor.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

enum ExitCode { kDone = 0, kError = 1, kUsage = 2, kBug = 70, kInterrupted = 130, kPipeClosed = 141 };

/// What stands in buffers reaches standard output, or an Error says why not.
void flush_output() {
  errno = 0;
  std::cout.flush();
  if (std::fflush(stdout) != 0 || !std::cout) {
    std::cout.clear();
    fail_with_errno("write", "standard output");
  }
}

int say(const std::string& name, std::string_view message, ExitCode code) {
  std::cout.flush();
  std::cerr << concat(name, ": ", message, '\n') << std::flush;
  return code;
}

int run_and_flush(const std::function<int()>& body) {
  int code = kDone;
  try {
    code = body();
  } catch (const Answered& answer) {
    std::fwrite(answer.text.data(), 1, answer.text.size(), stdout);
  }
  flush_output();
  return code;
}

}  // namespace

int run(const std::string& name, const std::function<int()>& body) {
  std::signal(SIGPIPE, SIG_IGN);  // a write then fails with EPIPE, and files are left in order
  try {
    return run_and_flush(body);
  } catch (const BrokenPipe&) {
    return kPipeClosed;
  } catch (const UsageError& error) {
    return say(name, error.what(), kUsage);
  } catch (const Interrupted& error) {
    return say(name, error.what(), kInterrupted);
  } catch (const Error& error) {
    return say(name, error.what(), kError);
  } catch (const std::filesystem::filesystem_error& error) {
    return say(name, concat("cannot look at or change ", error.path1().string(), ": ", error.code().message()), kError);
  } catch (const std::bad_alloc&) {
    return say(name, "the memory of this machine does not suffice: try smaller batches, shorter texts or a smaller model",
               kError);
  } catch (const std::exception& bug) {
    return say(name, concat("a mistake in the program itself, please report it: ", bug.what()), kBug);
  } catch (...) {
    return say(name, "a mistake in the program itself, please report it: something unknown was thrown", kBug);
  }
}

}  // namespace mynah::cli
