#include "nn/device.h"

#include <gmock/gmock.h>
#include <torch/cuda.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::nn {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Device, NamesAreUnderstood) {
  EXPECT_EQ(device_named("cpu"), at::Device(at::kCPU));
  if (torch::cuda::device_count() == 0) GTEST_SKIP() << "this machine has no GPU to name";
  EXPECT_EQ(device_named("cuda"), at::Device(at::kCUDA, 0));
  EXPECT_EQ(device_named("cuda:0"), at::Device(at::kCUDA, 0));
}

TEST(Device, UnknownNamesAreErrors) {
  for (const char* name : {"gpu", "", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "cuda:4000", "CPU"}) {
    EXPECT_THAT(message_of<Error>([&] { device_named(name); }), AllOf(HasSubstr(concat("'", name, "'")), HasSubstr("cpu")));
  }
}

TEST(Device, MissingDevicesAreErrors) {
  const std::string missing = concat("cuda:", static_cast<int>(torch::cuda::device_count()));
  EXPECT_THAT(message_of<Error>([&] { device_named(missing); }), AllOf(HasSubstr(missing), HasSubstr("not there")));
}

}  // namespace
}  // namespace mynah::nn
