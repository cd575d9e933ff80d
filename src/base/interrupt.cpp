#include "base/interrupt.h"

#include <unistd.h>

#include <csignal>

namespace mynah {

namespace {

volatile std::sig_atomic_t signal_count = 0;

extern "C" void count_signal(int) {
  constexpr int kInterruptedExitCode = 130;
  if (signal_count > 0) _exit(kInterruptedExitCode);
  signal_count = 1;
}

}  // namespace

void catch_interrupts() {
  signal_count = 0;
  struct sigaction action {};
  action.sa_handler = count_signal;  // without SA_RESTART, so that a wait for input ends
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return signal_count > 0; }

}  // namespace mynah
