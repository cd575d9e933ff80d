#include "nn/transition.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

SeparableConvolution convolution(std::int64_t width) {
  SeparableConvolution module(4, 6, width);
  const at::NoGradGuard no_gradient;
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(2);
  for (Tensor& parameter : module->parameters()) parameter.normal_(0, 1, generator);
  return module;
}

TEST(SeparableConvolution, EqualsAGroupedConvolutionOfEachSentence) {
  const at::NoGradGuard no_gradient;
  SeparableConvolution module = convolution(5);
  const auto weights = module->named_parameters();
  const Tensor lengths = at::tensor({3, 1, 7}, at::kLong), x = at::randn({11, 4});
  for (const bool causal : {false, true}) {
    const Tensor all = module->forward(x, segments(lengths), causal);
    std::int64_t first = 0;
    for (const std::int64_t length : {3, 1, 7}) {
      const Tensor sentence = x.narrow(0, first, length).t().unsqueeze(0);  // [1, inputs, length]
      const Tensor padded = at::constant_pad_nd(sentence, causal ? at::IntArrayRef({4, 0}) : at::IntArrayRef({2, 2}));
      const Tensor convolved = at::conv1d(padded, weights["depthwise"].unsqueeze(1), {}, 1, at::IntArrayRef{0}, 1, 4);
      const Tensor expected = at::linear(convolved[0].t(), weights["pointwise.weight"], weights["pointwise.bias"]);
      expect_close(all.narrow(0, first, length), expected);
      first += length;
    }
  }
}

TEST(Transition, StepsEqualTheFullPass) {
  const at::NoGradGuard no_gradient;
  model::Shape shape = tiny_shape();
  for (const char* kind : {"feed-forward", "separable-convolution"}) {
    shape.universal.transition = kind;
    Transition module(shape, true);
    const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(2);
    for (Tensor& parameter : module->parameters()) parameter.normal_(0, 0.5, generator);
    const Tensor x = at::randn({2, 9, shape.d_model}, generator);
    DropoutPass none;
    const Tensor all = module->forward(x.flatten(0, 1), segments(at::tensor({9, 9}, at::kLong)), none).view({2, 9, -1});
    auto recent = module->start(2);
    expect_close(module->step(x.narrow(1, 0, 4), at::full({2}, 4, at::kLong), recent), all.narrow(1, 0, 4));
    for (std::int64_t place = 4; place < 9; ++place) {
      expect_close(module->step(x.narrow(1, place, 1), at::ones({2}, at::kLong), recent), all.narrow(1, place, 1));
    }
  }
}

}  // namespace
}  // namespace mynah::nn
