#include "inference/sentence_queue.h"

#include <gmock/gmock.h>

#include <future>
#include <thread>

namespace mynah::inference {
namespace {

using namespace std::chrono_literals;

Job job_of(std::uint64_t number, std::size_t length) { return {number, 0, 0, std::vector<TokenId>(length, 5)}; }

TEST(SentenceQueue, AWindowIsTakenLongestFirst) {
  SentenceQueue queue(10);
  for (std::uint64_t i = 0; i < 5; ++i) queue.put(job_of(i, (i * 3) % 5 + 1));
  std::vector<std::size_t> lengths;
  while (const auto job = queue.take()) lengths.push_back(job->source.size());
  EXPECT_THAT(lengths, testing::ElementsAre(5, 4, 3, 2, 1));
}

TEST(SentenceQueue, WhatComesLaterWaitsForTheWindowBefore) {
  SentenceQueue queue(10);
  queue.put(job_of(0, 2));
  queue.put(job_of(1, 1));
  EXPECT_EQ(queue.take()->number, 0U);
  queue.put(job_of(2, 9));
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.take()->number, 1U);
  EXPECT_EQ(queue.take()->number, 2U);
  EXPECT_FALSE(queue.take().has_value());
}

TEST(SentenceQueue, PuttingWaitsWhileAWindowIsFull) {
  SentenceQueue queue(2);
  queue.put(job_of(0, 1));
  queue.put(job_of(1, 1));
  std::promise<void> put;
  std::jthread writer([&] {
    queue.put(job_of(2, 1));
    put.set_value();
  });
  auto future = put.get_future();
  EXPECT_EQ(future.wait_for(100ms), std::future_status::timeout);
  EXPECT_TRUE(queue.take().has_value());
  EXPECT_EQ(future.wait_for(60s), std::future_status::ready);
}

TEST(SentenceQueue, ClosingLetsTheRestBeTaken) {
  SentenceQueue queue(10);
  queue.put(job_of(0, 1));
  queue.close();
  EXPECT_TRUE(queue.wait());
  EXPECT_TRUE(queue.take().has_value());
  EXPECT_FALSE(queue.wait());
}

TEST(SentenceQueue, WaitingEndsWhenSomethingComesOrNothingWill) {
  for (const bool something : {true, false}) {
    SentenceQueue queue(10);
    auto waiting = std::async(std::launch::async, [&] { return queue.wait(); });
    if (something) {
      queue.put(job_of(0, 1));
    } else {
      queue.close();
    }
    EXPECT_EQ(waiting.get(), something);
  }
}

TEST(SentenceQueue, AbandoningDropsWhatWaitsAndFreesWriters) {
  SentenceQueue queue(1);
  queue.put(job_of(0, 1));
  std::jthread writer([&] { queue.put(job_of(1, 1)); });
  queue.abandon();
  writer.join();
  queue.put(job_of(2, 1));
  EXPECT_EQ(queue.size(), 0U);
  EXPECT_FALSE(queue.wait());
}

}  // namespace
}  // namespace mynah::inference
