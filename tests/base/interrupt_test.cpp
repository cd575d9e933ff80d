#include "base/interrupt.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "base/file_descriptor.h"

namespace mynah {
namespace {

/// Exits with 0 when `holds`; death tests keep the flag out of the other tests.
[[noreturn]] void exit_with(bool holds) { std::_Exit(holds ? 0 : 1); }

TEST(InterruptDeathTest, TheFirstSignalOnlySetsTheFlag) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EXPECT_EXIT(
        {
          catch_interrupts();
          const bool before = interrupted();
          std::raise(signal);
          exit_with(!before && interrupted());
        },
        testing::ExitedWithCode(0), "^$");
  }
}

TEST(InterruptDeathTest, TheSecondSignalEndsTheProcess) {
  EXPECT_EXIT(
      {
        catch_interrupts();
        std::raise(SIGINT);
        std::raise(SIGTERM);
        exit_with(true);
      },
      testing::ExitedWithCode(130), "^$");
}

[[noreturn]] void wait_for_input_until_a_signal() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) exit_with(false);
  catch_interrupts();
  std::thread([waiting = ::pthread_self()] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ::pthread_kill(waiting, SIGINT);
  }).detach();
  try {
    char byte = 0;
    FileDescriptor(ends[0], "a pipe").read(&byte, 1);
  } catch (const Interrupted&) {
    exit_with(true);
  }
  exit_with(false);
}

TEST(InterruptDeathTest, ASignalEndsTheWaitForInput) {
  EXPECT_EXIT(wait_for_input_until_a_signal(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace mynah
