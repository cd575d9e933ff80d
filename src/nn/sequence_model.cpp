#include "nn/sequence_model.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <string_view>

#include "base/error.h"
#include "nn/cnn.h"
#include "nn/rnn.h"
#include "nn/transformer.h"
#include "nn/universal.h"

namespace mynah::nn {
namespace {

struct Architecture {
  std::string_view type;
  std::shared_ptr<SequenceModel> (*make)(const model::Shape& shape, const Dropout& dropout);  // parameters uninitialised
};

template <class Network>
std::shared_ptr<SequenceModel> make(const model::Shape& shape, const Dropout& dropout) {
  return std::make_shared<Network>(shape, dropout);
}

constexpr Architecture kArchitectures[] = {
    {"transformer", make<Transformer>}, {"rnn", make<Rnn>}, {"cnn", make<Cnn>}, {"universal", make<Universal>}};

std::shared_ptr<SequenceModel> uninitialised(const model::Shape& shape, const Dropout& dropout) {
  model::check(shape);
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.type == shape.type) return architecture.make(shape, dropout);
  }
  ensure(false, "every architecture that a shape may name is built here");
  return nullptr;
}

std::string words(at::IntArrayRef shape) { return concat(shape); }

}  // namespace

void SequenceModel::initialise(const at::Generator& generator) {
  for (const auto& entry : named_parameters()) {
    Tensor weight = entry.value();
    if (entry.key().ends_with("bias")) {
      weight.zero_();
    } else if (entry.key().ends_with("embedding.weight")) {
      weight.normal_(0, 1 / std::sqrt(static_cast<double>(weight.size(1))), generator);
      weight[-1].zero_();
    } else if (entry.key().ends_with("depthwise")) {
      const double bound = std::sqrt(3.0 / static_cast<double>(weight.size(1)));  // so many inputs and outputs each has
      weight.uniform_(-bound, bound, generator);
    } else if (weight.dim() == 2) {
      const double bound = std::sqrt(6.0 / static_cast<double>(weight.size(0) + weight.size(1)));
      weight.uniform_(-bound, bound, generator);
    }
  }
}

std::shared_ptr<SequenceModel> build(const model::Shape& shape, const Dropout& dropout, std::uint64_t seed) {
  auto network = uninitialised(shape, dropout);
  const at::NoGradGuard no_gradient;
  network->initialise(at::make_generator<at::CPUGeneratorImpl>(seed));
  return network;
}

std::shared_ptr<SequenceModel> build(const model::Shape& shape, const model::Weights& weights) {
  auto network = uninitialised(shape, Dropout{});
  load_weights(*network, weights);
  network->eval();
  return network;
}

void load_weights(SequenceModel& network, const model::Weights& weights) {
  const at::NoGradGuard no_gradient;
  const auto parameters = network.named_parameters();
  for (const auto& entry : parameters) {
    const auto found = weights.find(entry.key());
    if (found == weights.end()) {
      throw Error(concat("loading weights: the network needs \"", entry.key(), "\", which the model does not hold"));
    }
    Tensor parameter = entry.value();
    if (parameter.sizes() != at::IntArrayRef(found->second.shape)) {
      throw Error(concat("loading weights: \"", entry.key(), "\" should have shape ", words(parameter.sizes()), ", found ",
                         words(found->second.shape), "; the model's configuration and weights do not belong together"));
    }
    std::vector<float> values = model::to_float(found->second);
    parameter.copy_(at::from_blob(values.data(), parameter.sizes(), at::kFloat));
  }
  for (const auto& [name, array] : weights) {
    if (!parameters.contains(name)) throw Error(concat("loading weights: the network has no place for \"", name, "\""));
  }
}

model::Weights weights_of(const SequenceModel& network) {
  model::Weights weights;
  for (const auto& entry : network.named_parameters()) {
    const Tensor values = entry.value().detach().to(at::kCPU, at::kFloat).contiguous();
    const std::span<const float> span(values.const_data_ptr<float>(), static_cast<std::size_t>(values.numel()));
    weights.emplace(entry.key(), model::make_array(span, values.sizes().vec()));
  }
  return weights;
}

}  // namespace mynah::nn
