// Runs a program as a user would: arguments, standard input, environment in; output, complaints and exit code out.
#pragma once
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mynah {

/// What a program left behind. A program ended by a signal has code 128 + signal.
struct Ran {
  int code = 0;
  std::string out, err;
};

/// A system without /dev/pts (a bare root in which nothing is mounted) has no terminal to give.
inline bool has_terminals() {
  int both[2];
  if (openpty(&both[0], &both[1], nullptr, nullptr, nullptr) != 0) return false;
  for (const int end : both) close(end);
  return true;
}

/// A program that is running. What it writes is read when asked for, so it should be little until then.
class RunningProgram {
 public:
  enum class Input { pipe, terminal };
  using Environment = std::vector<std::pair<std::string, std::string>>;

  explicit RunningProgram(std::vector<std::string> command, const Environment& environment = {}, Input input = Input::pipe)
      : input_(input) {
    std::array<int, 2> in{}, out{}, err{};
    const bool opened = (input == Input::pipe ? pipe(in.data()) : openpty(&in[1], &in[0], nullptr, nullptr, nullptr)) == 0;
    if (!opened || pipe(out.data()) != 0 || pipe(err.data()) != 0) throw std::runtime_error("no pipes");
    process_ = fork();
    if (process_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      for (const int end : {in[0], in[1], out[0], out[1], err[0], err[1]}) close(end);
      for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
      std::vector<char*> arguments;
      for (std::string& word : command) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    for (const int end : {in[0], out[1], err[1]}) close(end);
    for (const int end : {in[1], out[0], err[0]}) fcntl(end, F_SETFD, FD_CLOEXEC);
    in_ = in[1], out_ = out[0], err_ = err[0];
  }
  ~RunningProgram() {
    if (process_ > 0) kill(process_, SIGKILL), waitpid(process_, nullptr, 0);
    for (const int end : {in_, out_, err_}) {
      if (end >= 0) close(end);
    }
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void write(const std::string& text) const {
    if (::write(in_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) throw std::runtime_error("not written");
  }
  void close_input() { close(std::exchange(in_, -1)); }
  void close_output() { close(std::exchange(out_, -1)); }
  void signal(int number) const { kill(process_, number); }

  /// Waits for a line of standard output; without its end, "" when none comes in a minute.
  std::string read_line() { return read_until(out_, "\n"); }
  /// Waits until standard error holds this text; what came so far, "" when it does not come in a minute.
  std::string read_errors_until(const std::string& text) { return read_until(err_, text); }

  /// Waits for the end. Output that was not read yet is in the result.
  Ran finish() {
    if (input_ == Input::pipe && in_ >= 0) close_input();  // a terminal that is gone would be an error
    Ran ran;
    std::array<pollfd, 2> ends{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
    std::array<std::string*, 2> texts{&ran.out, &ran.err};
    for (int open = out_ >= 0 ? 2 : 1; open > 0;) {
      poll(ends.data(), ends.size(), -1);
      for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].fd >= 0 && ends[i].revents != 0 && !read_some(ends[i].fd, *texts[i])) ends[i].fd = -1, --open;
      }
    }
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ran;
  }

 private:
  static bool read_some(int end, std::string& text) {
    std::array<char, 4096> bytes{};
    const ssize_t count = read(end, bytes.data(), bytes.size());
    if (count > 0) text.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  static std::string read_until(int end, const std::string& text) {
    constexpr int kMinute = 60'000;
    std::string read;
    pollfd waiting{end, POLLIN, 0};
    while (!read.ends_with(text)) {
      char byte = 0;
      if (poll(&waiting, 1, kMinute) <= 0 || ::read(end, &byte, 1) != 1) return {};
      read.push_back(byte);
    }
    return text == "\n" ? read.substr(0, read.size() - 1) : read;
  }

  Input input_;
  pid_t process_ = -1;
  int in_ = -1, out_ = -1, err_ = -1;
};

/// Runs to the end. `input` must fit a pipe (64 KiB).
inline Ran run_program(std::vector<std::string> command, const std::string& input = "",
                       const RunningProgram::Environment& environment = {}) {
  std::signal(SIGPIPE, SIG_IGN);
  RunningProgram program(std::move(command), environment);
  try {
    program.write(input);
  } catch (const std::runtime_error&) {  // it ended before it read
  }
  return program.finish();
}

}  // namespace mynah
