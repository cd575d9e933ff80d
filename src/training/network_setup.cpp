#include "training/network_setup.h"

#include <algorithm>

#include "base/error.h"
#include "nn/device.h"

namespace mynah::training {

model::Shape shape_for(TrainingOptions& options, const std::optional<model::Model>& base, int vocabulary) {
  model::Shape shape = base ? base->shape : model::shape_of_size(options.task, options.type);
  const auto settle = [&](std::optional<int>& option, int& member, const char* name) {
    if (base && option && *option != member) {
      throw UsageError(concat("--", name, " ", *option, " contradicts --from ", options.from, ", where it is ", member));
    }
    member = option.value_or(member);
    option = member;
  };
  settle(options.dim_emb, shape.d_model, "dim-emb");
  settle(options.dim_ffn, shape.d_feed_forward, "transformer-dim-ffn");
  settle(options.heads, shape.heads, "transformer-heads");
  settle(options.enc_depth, shape.encoder_layers, "enc-depth");
  settle(options.dec_depth, shape.decoder_layers, "dec-depth");
  options.type = shape.type;
  if (base) {
    options.activation = shape.activation;
    options.pre_norm = shape.pre_norm;
  }
  shape.activation = options.activation;
  shape.pre_norm = options.pre_norm;
  shape.vocabulary = vocabulary;
  shape.max_positions = options.max_length + options.max_length / 4;  // a sentence of the longest may grow by a quarter
  try {
    model::check(shape, "the network that --type, --task, --dim-emb, --transformer-heads and the like describe");
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
  return shape;
}

std::vector<std::shared_ptr<nn::SequenceModel>> build_networks(const TrainingOptions& options, const model::Shape& shape,
                                                               const std::optional<model::Model>& base) {
  const c10::Device device = nn::device_named(options.device);
  const nn::Dropout dropout{options.dropout, options.dropout_attention, options.dropout_ffn};
  std::vector<std::shared_ptr<nn::SequenceModel>> networks;
  for (int replica = 0; replica < options.threads; ++replica) {
    networks.push_back(nn::build(shape, dropout, static_cast<std::uint64_t>(options.seed)));
    if (base && replica == 0) nn::load_weights(*networks.back(), base->weights);
    networks.back()->to(device);
    networks.back()->train();
  }
  return networks;
}

}  // namespace mynah::training
