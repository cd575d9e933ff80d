#include "cli/progress_bar.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "cli/program.h"

namespace mynah::cli {
namespace {

using testing::HasSubstr;

/// A bar whose clock the test moves and whose bytes it reads.
class ProgressBarTest : public testing::Test {
 protected:
  ProgressBarTest() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
  }
  ~ProgressBarTest() override {
    for (const int end : ends_) ::close(end);
  }
  std::unique_ptr<ProgressBar> bar(bool can_move) {
    terminal_ = std::make_unique<Terminal>(ends_[1], can_move);
    return std::make_unique<ProgressBar>(*terminal_, [this] { return now_; });
  }
  std::string written() {
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(ends_[0], bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }

  double now_ = 1000;
  std::array<int, 2> ends_{};
  std::unique_ptr<Terminal> terminal_;
};

TEST_F(ProgressBarTest, ShowsShareRateAndTimeLeftOnATerminal) {
  const auto progress = bar(true);
  progress->update(0, 2000, "");
  now_ += 10;
  progress->update(500, 2000, "loss 3.2");
  EXPECT_EQ(written(), "\r\x1b[K 25% ━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 500/2.00k, 50/s, 0:30 left, loss 3.2");
}

TEST_F(ProgressBarTest, CountsTheRateFromWhereItBegan) {
  const auto progress = bar(true);
  progress->update(900, 1000, "");
  now_ += 5;
  progress->update(950, 1000, "");
  EXPECT_THAT(written(), HasSubstr(" 10/s, 0:05 left"));
}

TEST_F(ProgressBarTest, DoesNotFlicker) {
  const auto progress = bar(true);
  for (std::uint64_t i = 0; i < 100; ++i, now_ += 0.001) progress->update(i, 1000, "");
  EXPECT_EQ(written(), "");
}

TEST_F(ProgressBarTest, SaysWhatItCanWithoutATotal) {
  const auto progress = bar(true);
  progress->update(0, 0, "");
  now_ += 2;
  progress->update(10'000, 0, "");
  EXPECT_EQ(written(), "\r\x1b[K10.0k, 5.00k/s");
}

TEST_F(ProgressBarTest, WritesALineEveryHalfMinuteIntoALog) {
  const auto progress = bar(false);
  for (int second = 0; second <= 65; ++second, ++now_) progress->update(static_cast<std::uint64_t>(second), 100, "");
  progress->finish();
  EXPECT_EQ(written(), " 30% 30/100, 1/s, 1:10 left\n 60% 60/100, 1/s, 0:40 left\n");
}

TEST_F(ProgressBarTest, IsRemovedAtTheEndAndWhenGivenUp) {
  auto progress = bar(true);
  progress->update(0, 10, "");
  now_ += 1;
  progress->update(5, 10, "");
  written();
  progress->finish();
  EXPECT_EQ(written(), "\r\x1b[K");
  progress->update(0, 10, "");
  now_ += 1;
  progress->update(5, 10, "");
  written();
  progress.reset();
  EXPECT_EQ(written(), "\r\x1b[K");
}

TEST(StandardProgress, IsSilentWhenQuiet) {
  testing::internal::CaptureStderr();
  const auto progress = standard_progress(true);
  progress->update(1, 2, "detail");
  progress->finish();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(DurationText, CountsHoursMinutesSeconds) {
  EXPECT_EQ(duration_text(0), "0:00");
  EXPECT_EQ(duration_text(59.6), "1:00");
  EXPECT_EQ(duration_text(3599), "59:59");
  EXPECT_EQ(duration_text(3 * 3600 + 62), "3:01:02");
}

TEST(AmountText, KeepsThreeDigits) {
  EXPECT_EQ(amount_text(0), "0");
  EXPECT_EQ(amount_text(999), "999");
  EXPECT_EQ(amount_text(999.7), "1.00k");
  EXPECT_EQ(amount_text(12345), "12.3k");
  EXPECT_EQ(amount_text(999'600), "1.00M");
  EXPECT_EQ(amount_text(2.5e9), "2.50G");
}

}  // namespace
}  // namespace mynah::cli
