#include "nn/decoder.h"

#include <torch/nn/modules/transformerlayer.h>

#include "tiny_models.h"
#include "torch_layers.h"

namespace mynah::nn {
namespace {

/// The paper's decoder as a stack of LibTorch's own layers with the weights of ours.
Tensor torch_decoder(const torch::nn::Module& decoder, const model::Shape& shape, const Tensor& x, const Tensor& memory,
                     const Tensor& lengths) {
  const Tensor hidden = at::arange(memory.size(1), at::kLong).unsqueeze(0) >= lengths.unsqueeze(1);
  const Tensor future = at::full({x.size(1), x.size(1)}, -INFINITY).triu(1);
  Tensor y = x.transpose(0, 1);
  for (int number = 0; number < shape.decoder_layers; ++number) {
    auto layer = torch::nn::TransformerDecoderLayer(torch_options<torch::nn::TransformerDecoderLayerOptions>(shape));
    layer->eval();
    const Copier copy(decoder, "layers." + std::to_string(number), *layer);
    copy.attention("self_attention", "self_attn");
    copy.norm("self_attention_norm", "norm1");
    copy.attention("cross_attention", "multihead_attn");
    copy.norm("cross_attention_norm", "norm2");
    copy.feed_forward();
    copy.norm("feed_forward_norm", "norm3");
    y = layer->forward(y, memory.transpose(0, 1), future, {}, {}, hidden);
  }
  return y.transpose(0, 1);
}

struct Scene {
  explicit Scene(model::Shape wanted = tiny_shape()) : shape(wanted), decoder(shape) {
    draw_weights(*decoder);
    decoder->eval();
    memory = at::randn({3, 6, shape.d_model});
    x = at::randn({3, 5, shape.d_model});
  }
  model::Shape shape;
  Decoder decoder;
  Tensor memory, x, lengths = at::tensor({6, 1, 4}, at::kLong);
  DropoutPass none;
  at::NoGradGuard no_gradient;

  /// The full pass, padded: [3, 5, d_model]
  Tensor whole(Tensor* attention = nullptr) {
    const Segments targets = segments(at::full({3}, 5, at::kLong)), sources = segments(lengths);
    return targets.pad(decoder->forward(targets.pack(x), targets, sources.pack(memory), sources, none, attention));
  }
};

void expect_equal_stacks(const std::string& activation) {
  model::Shape shape = tiny_shape();
  shape.activation = activation;
  Scene scene(shape);
  expect_close(scene.whole(), torch_decoder(*scene.decoder, shape, scene.x, scene.memory, scene.lengths));
}

TEST(Decoder, EqualsAStackOfTorchLayersWithRelu) { expect_equal_stacks("relu"); }
TEST(Decoder, EqualsAStackOfTorchLayersWithGelu) { expect_equal_stacks("gelu"); }

TEST(Decoder, StepsEqualTheFullPass) {
  for (const bool pre_norm : {false, true}) {
    model::Shape shape = tiny_shape();
    shape.pre_norm = pre_norm;
    Scene scene(shape);
    const Tensor whole = scene.whole();
    const auto cache = scene.decoder->start(scene.memory, scene.lengths);
    for (int place = 0; place < 5; ++place) {
      const Tensor step = scene.decoder->step(scene.x.narrow(1, place, 1), at::ones({3}, at::kLong), *cache);
      expect_close(step, whole.narrow(1, place, 1));
    }
  }
}

TEST(Decoder, ReadsABeginningInOnePass) {
  Scene scene;
  const Tensor whole = scene.whole();
  const auto cache = scene.decoder->start(scene.memory, scene.lengths);
  const Tensor counts = at::tensor({3, 0, 1}, at::kLong);
  scene.decoder->step(scene.x.narrow(1, 0, 3), counts, *cache);
  EXPECT_TRUE(at::equal(cache->lengths(), counts));
  const Tensor next = at::stack({scene.x[0][3], scene.x[1][0], scene.x[2][1]}).unsqueeze(1);
  const Tensor expected = at::stack({whole[0][3], whole[1][0], whole[2][1]}).unsqueeze(1);
  expect_close(scene.decoder->step(next, at::ones({3}, at::kLong), *cache), expected);
}

TEST(Decoder, ShowsTheAttentionOfItsLastLayer) {
  Scene scene;
  Tensor attention;
  scene.whole(&attention);
  ASSERT_EQ(attention.sizes(), (std::vector<std::int64_t>{3, 5, 6}));
  expect_close(attention.sum(-1), at::ones({3, 5}));
  EXPECT_TRUE((attention[1].narrow(1, 1, 5) == 0).all().item<bool>());
}

}  // namespace
}  // namespace mynah::nn
