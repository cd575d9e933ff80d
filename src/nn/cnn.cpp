#include "nn/cnn.h"

#include <cmath>

#include "nn/packed_attention.h"
#include "nn/scaled_dot_product.h"

namespace mynah::nn {
namespace {

/// Rows whose arrays are the last inputs of each layer's convolution, [rows, (kernel_width − 1) · channels], then how many tokens
/// each has read, [rows] int64; and the decoder's maps, which all rows share.
class CnnState final : public RowState {
 public:
  CnnState(SourceCache source, std::vector<Tensor> arrays, CnnDecoderMaps maps)
      : RowState(std::move(source), std::move(arrays)), maps_(std::move(maps)) {}

  const CnnDecoderMaps& maps() const { return maps_; }

 private:
  CnnDecoderMaps maps_;
};

/// Undoes the scale of attention kernels: here scores are products alone.
Tensor unscaled(const Tensor& queries) { return queries * std::sqrt(static_cast<double>(queries.size(-1))); }

/// An average over many tokens varies less than they do: √source_length, the inverse, as a factor for each sentence [sentences].
Tensor spread_of(const Tensor& source_lengths, const Tensor& like) { return source_lengths.to(like.options()).sqrt(); }

Tensor half(const Tensor& keys_values, std::int64_t number) { return keys_values.chunk(2, -1)[static_cast<std::size_t>(number)]; }

}  // namespace

Cnn::Cnn(const model::Shape& shape, const Dropout& dropout)
    : TiedModel(shape, dropout),
      shape_(shape.cnn),
      encoder_(register_module("encoder", CnnEncoder(shape))),
      decoder_(register_module("decoder", CnnDecoder(shape))) {}

void Cnn::initialise(const at::Generator& generator) {
  TiedModel::initialise(generator);
  Tensor table_weight = table()->weight();
  table_weight.normal_(0, 0.1, generator)[-1].zero_();
  const double kept = 1 - dropout_rates().residual;
  encoder_->draw(kept, generator);
  decoder_->draw(kept, generator);
}

void Cnn::encode_source(const Tensor& ids, Encoded& memory, DropoutPass& pass) {
  memory.states = encoder_->forward(table()(ids), memory.sentences, pass);
}

Tensor Cnn::decode_target(const Tensor& inputs, const Segments& targets, const Encoded& memory, DropoutPass& pass,
                          Tensor* attention) {
  const Segments& sources = memory.sentences;
  const RowMap seen = windows(targets, shape_.kernel_width, shape_.kernel_width - 1, inputs.device());
  const Tensor spread = spread_of(sources.lengths(), memory.states).repeat_interleave(targets.lengths().to(inputs.device()));
  const CnnDecoderMaps maps = decoder_->maps();
  const auto window = [&](std::size_t, const Tensor& x) { return seen(x).view({x.size(0), -1}); };
  const auto look = [&](std::size_t layer, const Tensor& given) {
    const Tensor queries = unscaled(given);
    if (attention && layer + 1 == maps.layers.size()) {
      const Tensor keys = sources.pad(half(memory.states, 0)).unsqueeze(1);  // one head
      *attention = attention_weights(targets.pad(queries).unsqueeze(1), keys, {sources.lengths(), false}).squeeze(1);
    }
    const Tensor found = cross_attention(queries, targets, memory.states, sources, 1, pass.rates().attention, pass.next_seed());
    return found * spread.unsqueeze(1);
  };
  return decoder_->forward(table()(inputs), targets.positions(), maps, {window, look}, pass);
}

std::unique_ptr<RowState> Cnn::start_rows(const Encoded& memory) {
  const Tensor states = memory.sentences.pad(memory.states), lengths = memory.sentences.lengths();
  CnnDecoderMaps maps = decoder_->maps();
  const Tensor nothing = states.new_zeros({lengths.size(0), (shape_.kernel_width - 1) * shape_.channels});
  std::vector<Tensor> arrays(maps.layers.size(), nothing);
  arrays.push_back(at::zeros({lengths.size(0)}, states.options().dtype(at::kLong)));
  SourceCache source({{half(states, 0), half(states, 1)}}, lengths);
  return std::make_unique<CnnState>(std::move(source), std::move(arrays), std::move(maps));
}

Tensor Cnn::advance_rows(RowState& state, const Tensor& tokens) {
  const SourceCache& source = state.source();
  std::vector<Tensor>& arrays = state.arrays();
  const Tensor spread = spread_of(source.visibility().key_lengths, arrays[0]).view({-1, 1, 1});
  const auto window = [&](std::size_t layer, const Tensor& x) {
    const Tensor all = at::cat({arrays[layer], x}, 1);
    arrays[layer] = all.narrow(1, shape_.channels, all.size(1) - shape_.channels);
    return all;
  };
  const auto look = [&](std::size_t, const Tensor& given) {
    const Tensor queries = unscaled(source.groups().gather(given.unsqueeze(1))).unsqueeze(1);  // [sentences, 1, width, d_model]
    const auto [keys, values] = source.layer(0);
    const Tensor found =
        scaled_dot_product(queries, keys.unsqueeze(1), values.unsqueeze(1), source.visibility(), 0, 0).squeeze(1);
    return source.groups().scatter(found * spread).squeeze(1);
  };
  DropoutPass none;
  Tensor& positions = arrays.back();
  const CnnDecoderMaps& maps = dynamic_cast<CnnState&>(state).maps();
  const Tensor states = decoder_->forward(table()(tokens), positions, maps, {window, look}, none);
  positions = positions + 1;
  return states;
}

}  // namespace mynah::nn
