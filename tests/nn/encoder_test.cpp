#include "nn/encoder.h"

#include <torch/nn/modules/transformerlayer.h>

#include "tiny_models.h"
#include "torch_layers.h"

namespace mynah::nn {
namespace {

/// The paper's encoder as a stack of LibTorch's own layers with the weights of ours.
Tensor torch_encoder(const torch::nn::Module& encoder, const model::Shape& shape, Tensor x, const Tensor& lengths) {
  const Tensor hidden = at::arange(x.size(1), at::kLong).unsqueeze(0) >= lengths.unsqueeze(1);
  x = x.transpose(0, 1);
  for (int number = 0; number < shape.encoder_layers; ++number) {
    auto layer = torch::nn::TransformerEncoderLayer(torch_options<torch::nn::TransformerEncoderLayerOptions>(shape));
    layer->eval();
    const Copier copy(encoder, "layers." + std::to_string(number), *layer);
    copy.attention("self_attention", "self_attn");
    copy.norm("self_attention_norm", "norm1");
    copy.feed_forward();
    copy.norm("feed_forward_norm", "norm2");
    x = layer->forward(x, {}, hidden);
  }
  return x.transpose(0, 1);
}

void expect_equal_stacks(const std::string& activation) {
  model::Shape shape = tiny_shape();
  shape.activation = activation;
  Encoder encoder(shape);
  draw_weights(*encoder);
  const Tensor x = at::randn({3, 6, shape.d_model}), lengths = at::tensor({6, 1, 4}, at::kLong);
  DropoutPass none;
  const at::NoGradGuard no_gradient;
  const Segments sentences = segments(lengths);
  const Tensor ours = sentences.pad(encoder->forward(sentences.pack(x), sentences, none)),
               theirs = torch_encoder(*encoder, shape, x, lengths);
  for (int row = 0; row < 3; ++row) {
    const auto length = lengths[row].item<std::int64_t>();
    expect_close(ours[row].narrow(0, 0, length), theirs[row].narrow(0, 0, length));
  }
}

TEST(Encoder, EqualsAStackOfTorchLayersWithRelu) { expect_equal_stacks("relu"); }
TEST(Encoder, EqualsAStackOfTorchLayersWithGelu) { expect_equal_stacks("gelu"); }

TEST(Encoder, DropoutFollowsThePassAndDiffersByPlace) {
  model::Shape shape = tiny_shape();
  Encoder encoder(shape);
  draw_weights(*encoder);
  const Tensor x = at::randn({10, shape.d_model});
  const Segments sentences = segments(at::tensor({7, 3}, at::kLong));
  const auto run = [&](std::uint64_t seed) {
    DropoutPass pass({0.3, 0.3, 0.3}, seed);
    return encoder->forward(x, sentences, pass);
  };
  EXPECT_TRUE(at::equal(run(1), run(1)));
  EXPECT_FALSE(at::equal(run(1), run(2)));
}

}  // namespace
}  // namespace mynah::nn
