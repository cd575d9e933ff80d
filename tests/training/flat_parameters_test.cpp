#include "training/flat_parameters.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "toy_network.h"

namespace mynah::training {
namespace {

TEST(FlatParameters, ParametersBecomeViewsWithTheirValuesMatricesFirst) {
  ToyNetwork network;
  const nn::Tensor table = network.named_parameters()["table"].detach().clone();
  const FlatParameters flat(network);
  EXPECT_TRUE(at::equal(network.named_parameters()["table"], table));
  EXPECT_EQ(flat.parameters(), 12 * 3 + 3 + 3);
  EXPECT_EQ(flat.matrices() % 16, 0);
  EXPECT_EQ(flat.hidden(), 48);  // the table and what fills up its last line; a column is no hidden matrix
  EXPECT_TRUE(at::equal(flat.values().narrow(0, 0, 36), table.flatten()));
  EXPECT_TRUE(at::equal(flat.values().narrow(0, flat.matrices(), 3), at::linspace(-0.5, 0.5, 3)));
  flat.values().zero_();
  EXPECT_EQ(network.named_parameters()["table"].abs().sum().item<float>(), 0);
}

TEST(FlatParameters, BackwardAddsIntoTheGradients) {
  ToyNetwork network;
  const FlatParameters flat(network);
  const nn::Padded target{at::full({1, 2}, 3, at::kLong), at::full({1}, 2, at::kLong)};
  for (int pass = 1; pass <= 2; ++pass) {
    network.loss({}, target, {}).total.backward();
    EXPECT_TRUE(at::equal(flat.gradients().narrow(0, 0, 36), network.named_parameters()["table"].grad().flatten()));
  }
  EXPECT_GT(flat.gradients().abs().sum().item<float>(), 0);
}

TEST(FlatParameters, ReplicasShareValuesButNotGradients) {
  ToyNetwork first, second;
  second.named_parameters()["table"].detach().zero_();
  const FlatParameters flat(first), shared(second, flat);
  EXPECT_TRUE(at::equal(second.named_parameters()["table"], first.named_parameters()["table"]));
  flat.values().mul_(2);
  EXPECT_TRUE(at::equal(second.named_parameters()["table"], first.named_parameters()["table"]));
  shared.gradients().fill_(1);
  EXPECT_EQ(flat.gradients().abs().sum().item<float>(), 0);
}

TEST(FlatParameters, NamedArraysComeBackAsTheyWere) {
  ToyNetwork network;
  const FlatParameters flat(network);
  const model::Weights arrays = flat.named(flat.values(), "adam.");
  ASSERT_EQ(arrays.size(), 3u);
  EXPECT_EQ(arrays.at("adam.table").shape, (std::vector<std::int64_t>{12, 3}));
  nn::Tensor back = at::zeros_like(flat.values());
  flat.assign(back, arrays, "adam.", "here");
  EXPECT_TRUE(at::equal(back, flat.values()));
}

TEST(FlatParameters, ArraysThatDoNotFitAreNamed) {
  ToyNetwork network, larger(13);
  const FlatParameters flat(network), other(larger);
  nn::Tensor back = at::zeros_like(flat.values());
  const auto message = [&](const model::Weights& arrays) -> std::string {
    try {
      flat.assign(back, arrays, "", "weights-7.safetensors");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message(other.named(other.values())).find("\"table\" should have the shape [12, 3] but has [13, 3]"),
            std::string::npos);
  model::Weights missing = flat.named(flat.values());
  missing.erase("bias");
  EXPECT_NE(message(missing).find("weights-7.safetensors: the array \"bias\" is missing"), std::string::npos);
}

}  // namespace
}  // namespace mynah::training
