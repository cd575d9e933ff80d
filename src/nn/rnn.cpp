#include "nn/rnn.h"

#include "nn/dropout.h"

namespace mynah::nn {
namespace {

/// Sources side by side: keys, values [sentences, source_length, width] and what is visible of them [sentences, 1,
/// source_length].
struct Sources {
  Tensor keys, values, visible;

  Sources(const KeysValues& source, const Visibility& visibility)
      : keys(source.keys), values(source.values), visible(to_tensor(visibility, 1, keys.size(1), keys.device()).squeeze(1)) {}
};

/// Of states [sentences, source_length, width], zero where padding stands: [sentences, width]
Tensor mean_of(const Tensor& states, const Tensor& lengths) { return states.sum(1) / lengths.to(states.options()).unsqueeze(1); }

std::vector<Tensor> arrays_of(const RnnRows& rows) {
  std::vector<Tensor> arrays;
  for (const auto& [hidden, cell] : rows.layers) arrays.insert(arrays.end(), {hidden, cell});
  arrays.push_back(rows.readout);
  return arrays;
}

RnnRows rows_of(const std::vector<Tensor>& arrays) {
  RnnRows rows;
  for (std::size_t number = 0; number + 1 < arrays.size(); number += 2)
    rows.layers.push_back({arrays[number], arrays[number + 1]});
  rows.readout = arrays.back();
  return rows;
}

}  // namespace

Rnn::Rnn(const model::Shape& shape, const Dropout& dropout)
    : TiedModel(shape, dropout),
      encoder_(register_module("encoder", RnnEncoder(shape))),
      decoder_(register_module("decoder", RnnDecoder(shape))) {}

void Rnn::initialise(const at::Generator& generator) {
  TiedModel::initialise(generator);
  encoder_->open_forget_gates();
  decoder_->open_forget_gates();
}

void Rnn::encode_source(const Tensor& ids, Encoded& memory, DropoutPass& pass) {
  memory.states = encoder_->forward(table()(ids), memory.sentences, pass);
}

Tensor Rnn::decode_target(const Tensor& inputs, const Segments& targets, const Encoded& memory, DropoutPass& pass,
                          Tensor* attention) {
  const TimeOrder order(targets, inputs.device());
  const Tensor lengths = memory.sentences.lengths().index_select(0, order.order().cpu());
  const Tensor states = memory.sentences.pad(memory.states).index_select(0, order.order());
  const Sources sources({decoder_->attention()->keys(states), states}, {lengths, false});
  const Tensor embedded = dropout(order.arrange(table()(inputs)), pass.rates().residual, pass.next_seed());
  const std::vector<Tensor> projected = order.split(decoder_->project(embedded));
  RnnRows rows = decoder_->start(mean_of(states, lengths));
  std::vector<Tensor> readouts, weights;
  for (std::size_t time = 0; time < order.times(); ++time) {
    const std::int64_t count = order.rows_at(time);
    const auto look = [&](const Tensor& queries) {
      const auto part = [&](const Tensor& x) { return x.narrow(0, 0, count); };
      const Tensor shares = decoder_->attention()->weights(queries.unsqueeze(1), part(sources.keys), part(sources.visible));
      if (attention) weights.push_back(shares.squeeze(1));
      return at::matmul(dropout(shares, pass.rates().attention, pass.next_seed()), part(sources.values)).squeeze(1);
    };
    rows = rows.first(count);
    readouts.push_back(decoder_->step(projected[time], rows, look, pass));
  }
  if (attention) *attention = targets.pad(order.restore(at::cat(weights)));
  return order.restore(at::cat(readouts));
}

std::unique_ptr<RowState> Rnn::start_rows(const Encoded& memory) {
  const Tensor states = memory.sentences.pad(memory.states), lengths = memory.sentences.lengths();
  const SourceCache source({{decoder_->attention()->keys(states), states}}, lengths);
  return std::make_unique<RowState>(source, arrays_of(decoder_->start(mean_of(states, lengths))));
}

Tensor Rnn::advance_rows(RowState& state, const Tensor& tokens) {
  const SourceCache& source = state.source();
  const Sources sources(source.layer(0), source.visibility());
  const auto look = [&](const Tensor& queries) {
    const Tensor asked = source.groups().gather(queries.unsqueeze(1));  // [sentences, width of groups, width]
    const Tensor shares = decoder_->attention()->weights(asked, sources.keys, sources.visible);
    return source.groups().scatter(at::matmul(shares, sources.values)).squeeze(1);
  };
  DropoutPass none;
  RnnRows rows = rows_of(state.arrays());
  const Tensor readout = decoder_->step(decoder_->project(table()(tokens)), rows, look, none);
  state.arrays() = arrays_of(rows);
  return readout;
}

}  // namespace mynah::nn
