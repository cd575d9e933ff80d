// LibTorch draws other numbers in every process unless told otherwise; a test that fails shall fail again.
#include <ATen/Context.h>
#include <gtest/gtest.h>

namespace mynah::nn {
namespace {

class Seed : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo&) override { at::manual_seed(1); }
};

[[maybe_unused]] const bool added = [] {
  testing::UnitTest::GetInstance()->listeners().Append(new Seed);
  return true;
}();

}  // namespace
}  // namespace mynah::nn
