// The recurrent network written down plainly, one unpadded pair and one token at a time, no shared code with the networks: their
// oracle.
#pragma once
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "model/shape.h"
#include "nn/torch.h"

namespace mynah::nn {

class PlainRnn {
 public:
  PlainRnn(const torch::nn::Module& network, const model::Shape& shape) : shape_(shape) {
    for (const auto& entry : network.named_parameters()) weights_[entry.key()] = entry.value().detach();
  }

  /// [target_length, vocabulary]; what each token looked at, [target_length, source_length], is kept in `attention`.
  at::Tensor log_probabilities(const std::vector<int>& source, const std::vector<int>& target) {
    encode(source);
    start();
    std::vector<at::Tensor> rows, looks;
    int token = shape_.vocabulary - 1;
    for (const int right : target) {
      rows.push_back(weights_.at("embedding.weight").mv(read(token)) + weights_.at("output_bias"));
      looks.push_back(shares_);
      token = right;
    }
    attention = at::stack(looks);
    at::Tensor logits = at::stack(rows);
    logits.select(1, shape_.vocabulary - 1).fill_(-std::numeric_limits<double>::infinity());
    return logits - logits.logsumexp(1, true);
  }

  at::Tensor attention;

 private:
  struct Layer {
    at::Tensor h, c;
  };

  at::Tensor embed(int id) const { return weights_.at("embedding.weight")[id]; }
  at::Tensor affine(const std::string& name, const at::Tensor& x) const {
    return weights_.at(name + ".weight").mv(x) + weights_.at(name + ".bias");
  }
  static at::Tensor logistic(const at::Tensor& x) { return 1 / (1 + at::exp(-x)); }

  at::Tensor norm(const std::string& name, const at::Tensor& x) const {
    if (!shape_.rnn.layer_norm) return x;
    const at::Tensor centred = x - x.mean();
    return centred / (centred.pow(2).mean() + 1e-5).sqrt() * weights_.at(name + ".weight") + weights_.at(name + ".bias");
  }

  Layer cell(const std::string& name, const std::string& kind, const at::Tensor& into_gates, const Layer& before) const {
    const at::Tensor x = norm(name + ".input_norm", into_gates),
                     h = norm(name + ".hidden_norm", affine(name + ".hidden", before.h));
    const std::int64_t width = before.h.size(0);
    const auto gate = [&](const at::Tensor& all, int number) { return all.narrow(0, number * width, width); };
    if (kind == "gru") {
      const at::Tensor r = logistic(gate(x, 0) + gate(h, 0)), z = logistic(gate(x, 1) + gate(h, 1));
      const at::Tensor n = at::tanh(gate(x, 2) + r * gate(h, 2));
      return {(1 - z) * n + z * before.h, {}};
    }
    const at::Tensor all = x + h, i = logistic(gate(all, 0)), f = logistic(gate(all, 1)), o = logistic(gate(all, 3));
    const at::Tensor c = f * before.c + i * at::tanh(gate(all, 2));
    return {o * at::tanh(norm(name + ".cell_norm", c)), c};
  }

  Layer empty(std::int64_t width) const { return {at::zeros(width), at::zeros(width)}; }

  void encode(const std::vector<int>& source) {
    std::vector<at::Tensor> x;
    for (const int id : source) x.push_back(embed(id));
    for (int number = 0; number < shape_.encoder_layers; ++number) {
      const std::string name = "encoder.layers." + std::to_string(number);
      std::vector<at::Tensor> y = walk(name + ".forwards", x);
      if (weights_.contains(name + ".backwards.input.weight")) {
        std::vector<at::Tensor> back = walk(name + ".backwards", {x.rbegin(), x.rend()});
        for (std::size_t place = 0; place < y.size(); ++place) y[place] = at::cat({y[place], back[y.size() - 1 - place]});
      }
      for (std::size_t place = 0; place < y.size(); ++place)
        x[place] = shape_.rnn.skip && number > 0 ? x[place] + y[place] : y[place];
    }
    memory_ = at::stack(x);
  }

  std::vector<at::Tensor> walk(const std::string& name, const std::vector<at::Tensor>& x) const {
    Layer state = empty(weights_.at(name + ".hidden.weight").size(1));
    std::vector<at::Tensor> outputs;
    for (const at::Tensor& one : x) {
      state = cell(name, shape_.rnn.encoder_cell, affine(name + ".input", one), state);
      outputs.push_back(state.h);
    }
    return outputs;
  }

  void start() {
    const at::Tensor all = at::tanh(affine("decoder.start", memory_.mean(0)));
    layers_.clear();
    for (int number = 0; number < shape_.decoder_layers; ++number) {
      layers_.push_back({all.narrow(0, number * shape_.rnn.width, shape_.rnn.width), at::zeros(shape_.rnn.width)});
    }
    readout_ = at::zeros(shape_.d_model);
  }

  at::Tensor look(const at::Tensor& query) {
    std::vector<at::Tensor> scores;
    for (std::int64_t place = 0; place < memory_.size(0); ++place) {
      if (shape_.rnn.attention == "none") {
        scores.push_back(at::zeros({}));
        continue;
      }
      const at::Tensor key = weights_.at("decoder.attention.key").mv(memory_[place]);
      if (shape_.rnn.attention == "additive") {
        const at::Tensor sum = at::tanh(weights_.at("decoder.attention.query").mv(query) + key);
        scores.push_back(weights_.at("decoder.attention.score")[0].dot(sum));
      } else {
        scores.push_back(query.dot(key));
      }
    }
    const at::Tensor exponentials = at::exp(at::stack(scores));
    shares_ = exponentials / exponentials.sum();
    at::Tensor context = at::zeros(shape_.rnn.width);
    for (std::int64_t place = 0; place < memory_.size(0); ++place) context = context + shares_[place] * memory_[place];
    return context;
  }

  /// What the decoder makes of one more token.
  at::Tensor read(int token) {
    const bool feeds_readout = shape_.rnn.attention == "multiplicative";
    at::Tensor context;
    if (!feeds_readout) context = look(layers_.back().h);
    at::Tensor x = embed(token);
    for (int number = 0; number < shape_.decoder_layers; ++number) {
      const std::string name = "decoder.layers." + std::to_string(number);
      at::Tensor gates = affine(name + ".input", x);
      if (number == 0) gates = gates + weights_.at("decoder.feed").mv(feeds_readout ? readout_ : context);
      auto& layer = layers_[static_cast<std::size_t>(number)];
      layer = cell(name, shape_.rnn.decoder_cell, gates, layer);
      x = shape_.rnn.skip && number > 0 ? x + layer.h : layer.h;
    }
    if (feeds_readout) context = look(x);
    readout_ = at::tanh(affine("decoder.readout", at::cat({x, context})));
    return readout_;
  }

  model::Shape shape_;
  std::map<std::string, at::Tensor> weights_;
  at::Tensor memory_, readout_, shares_;
  std::vector<Layer> layers_;
};

}  // namespace mynah::nn
