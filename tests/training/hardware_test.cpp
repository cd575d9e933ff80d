#include "training/hardware.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace mynah::training {
namespace {

TEST(Hardware, HasACore) { EXPECT_GE(available_cores(), 1); }

TEST(Hardware, Bfloat16IsWhatTheProcessorSays) {
  std::ifstream file("/proc/cpuinfo");
  bool said = false;
  for (std::string word; file >> word;) said = said || word == "avx512_bf16" || word == "amx_bf16" || word == "bf16";
  if (!file.eof()) GTEST_SKIP() << "/proc/cpuinfo cannot be read here";
  EXPECT_EQ(has_bfloat16(c10::kCPU), said);
}

TEST(Hardware, ProductsAreInBfloat16OnlyWhileWanted) {
  const at::Tensor a = at::ones({4, 4}), b = at::ones({4, 4});
  {
    const Bfloat16 wanted(true, c10::kCPU);
    EXPECT_EQ(at::matmul(a, b).scalar_type(), at::kBFloat16);
  }
  EXPECT_EQ(at::matmul(a, b).scalar_type(), at::kFloat);
  const Bfloat16 unwanted(false, c10::kCPU);
  EXPECT_EQ(at::matmul(a, b).scalar_type(), at::kFloat);
}

}  // namespace
}  // namespace mynah::training
