#include "base/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <utility>

#include "base/error.h"

namespace mynah {
namespace {

/// What posix_spawn() is told: where the streams go, and a process group of its own.
class Spawning {
 public:
  explicit Spawning(int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
  }
  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  int spawn(const std::vector<std::string>& command) const {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_t process = -1;
    errno = posix_spawn(&process, words[0], &actions_, &attributes_, words.data(), environ);
    if (errno != 0) fail_with_errno("run", command[0]);
    return process;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail_with_errno("run", command[0]);
  errors_ = FileDescriptor(ends[0], "standard error of " + command[0]);
  const FileDescriptor of_child(ends[1], errors_.path());
  process_ = Spawning(of_child.number()).spawn(command);
}

ChildProcess::~ChildProcess() {
  if (process_ < 0) return;
  signal(SIGKILL);
  wait();
}

bool ChildProcess::next_line(std::string& line) {
  std::array<char, 4096> bytes{};
  std::size_t end = pending_.find('\n');
  while (end == pending_.npos) {
    const std::size_t count = errors_.read(bytes.data(), bytes.size());
    if (count == 0) break;
    pending_.append(bytes.data(), count);
    end = pending_.find('\n');
  }
  const bool whole = end != pending_.npos;
  line = pending_.substr(0, end);
  pending_.erase(0, whole ? end + 1 : end);
  return whole || !line.empty();
}

void ChildProcess::signal(int number) const {
  if (process_ > 0) ::kill(process_, number);
}

int ChildProcess::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace mynah
