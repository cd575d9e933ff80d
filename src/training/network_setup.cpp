#include "training/network_setup.h"

#include <algorithm>

#include "base/error.h"
#include "nn/device.h"

namespace mynah::training {
namespace {

/// Brings options and shape together: what an option says goes into the shape, and the other way round where it says nothing.
class Settling {
 public:
  Settling(const TrainingOptions& options, bool fixed) : from_(options.from), fixed_(fixed) {}

  void size(std::optional<int>& option, int& member, const char* name) const {
    if (fixed_ && option && *option != member) {
      throw UsageError(concat("--", name, " ", *option, " contradicts --from ", from_, ", where it is ", member));
    }
    member = option.value_or(member);
    option = member;
  }
  template <class Kind>
  void kind(Kind& option, Kind& member) const {
    fixed_ ? option = member : member = option;
  }

 private:
  std::string from_;
  bool fixed_;  // by the model to fine-tune
};

void settle_transformer(const Settling& settle, TrainingOptions& options, model::Shape& shape) {
  settle.size(options.dim_ffn, shape.d_feed_forward, "transformer-dim-ffn");
  settle.size(options.heads, shape.heads, "transformer-heads");
  settle.kind(options.activation, shape.activation);
  settle.kind(options.pre_norm, shape.pre_norm);
}

void settle_rnn(const Settling& settle, TrainingOptions& options, model::Shape& shape) {
  settle.size(options.dim_rnn, shape.rnn.width, "dim-rnn");
  settle.kind(options.enc_cell, shape.rnn.encoder_cell);
  settle.kind(options.dec_cell, shape.rnn.decoder_cell);
  settle.kind(options.enc_type, shape.rnn.encoder_type);
  settle.kind(options.attention, shape.rnn.attention);
  settle.kind(options.layer_normalization, shape.rnn.layer_norm);
  settle.kind(options.skip, shape.rnn.skip);
}

void settle_universal(const Settling& settle, TrainingOptions& options, model::Shape& shape) {
  settle_transformer(settle, options, shape);
  settle.kind(options.halting, shape.universal.halting);
  settle.kind(options.transition, shape.universal.transition);
}

void settle_cnn(const Settling& settle, TrainingOptions& options, model::Shape& shape) {
  settle.size(options.dim_cnn, shape.cnn.channels, "dim-cnn");
  settle.size(options.kernel_width, shape.cnn.kernel_width, "cnn-kernel-width");
}

/// Sizes that networks of this type do not have, which the model to fine-tune may turn out to be.
void check_sizes(const TrainingOptions& options) {
  check_type(options, [&](std::string_view option) {
    return (option == "transformer-dim-ffn" && options.dim_ffn) || (option == "transformer-heads" && options.heads) ||
           (option == "dim-rnn" && options.dim_rnn) || (option == "dim-cnn" && options.dim_cnn) ||
           (option == "cnn-kernel-width" && options.kernel_width);
  });
}

}  // namespace

model::Shape shape_for(TrainingOptions& options, const std::optional<model::Model>& base, int vocabulary) {
  model::Shape shape = base ? base->shape : model::shape_of_size(options.task, options.type);
  options.type = shape.type;
  check_sizes(options);
  const Settling settle(options, base.has_value());
  settle.size(options.dim_emb, shape.d_model, "dim-emb");
  settle.size(options.enc_depth, shape.encoder_layers, "enc-depth");
  settle.size(options.dec_depth, shape.decoder_layers, "dec-depth");
  if (shape.type == "transformer") settle_transformer(settle, options, shape);
  if (shape.type == "rnn") settle_rnn(settle, options, shape);
  if (shape.type == "universal") settle_universal(settle, options, shape);
  if (shape.type == "cnn") settle_cnn(settle, options, shape);
  shape.vocabulary = vocabulary;
  const bool has_learnt_positions = base && shape.type == "cnn";
  if (!has_learnt_positions) {
    const bool grows = options.styles.empty();  // a translation of the longest sentence may, by a quarter; a summary does not
    shape.max_positions = options.max_length + (grows ? options.max_length / 4 : 0);
  }
  try {
    model::check(shape, "the network that --type, --task, --dim-emb, --transformer-heads, --enc-depth and the like describe");
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
  return shape;
}

std::vector<std::shared_ptr<nn::SequenceModel>> build_networks(const TrainingOptions& options, const model::Shape& shape,
                                                               const std::optional<model::Model>& base) {
  const c10::Device device = nn::device_named(options.device);
  const nn::Dropout dropout{options.dropout, options.dropout_attention, options.dropout_ffn, options.random_position_offset};
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
