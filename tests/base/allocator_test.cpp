#include "base/allocator.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
#include <malloc.h>
#endif

namespace mynah {
namespace {

TEST(Allocator, KeepsLargeBlocksForTheNextStep) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33) && !defined(__SANITIZE_ADDRESS__)
  tune_allocator();
  const std::size_t mapped_before = mallinfo2().hblkhd;
  void* block = std::malloc(std::size_t{200} << 20);
  std::memset(block, 1, 4096);
  EXPECT_EQ(mallinfo2().hblkhd, mapped_before);  // not a mapping of its own
  const std::size_t held = mallinfo2().arena;
  std::free(block);
  EXPECT_EQ(mallinfo2().arena, held);
#else
  GTEST_SKIP() << "the C library does not tell what it holds";
#endif
}

}  // namespace
}  // namespace mynah
