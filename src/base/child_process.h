// Another program run beside this one.
#pragma once
#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace mynah {

/// A program without input, whose standard error can be read while it runs; its standard output goes nowhere. It is out of reach
/// of the terminal's signals, and killed when this goes out of scope before it has ended.
class ChildProcess {
 public:
  /// `command` begins with the path of the program. Throws Error when it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Waits for a line of standard error; false when there will be none. Throws Interrupted when a signal breaks the wait.
  bool next_line(std::string& line);
  void signal(int number) const;
  /// Waits for the end: its exit code, or 128 and the number of the signal that ended it.
  int wait();

 private:
  int process_ = -1;
  FileDescriptor errors_;
  std::string pending_;  // read, not yet given
};

/// The path of the program that runs.
std::string own_program();

}  // namespace mynah
