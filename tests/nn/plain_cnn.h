// The convolutional network written down plainly from the paper, one unpadded pair and one position at a time, no shared code
// with the networks: their oracle.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "model/shape.h"
#include "nn/torch.h"

namespace mynah::nn {

class PlainCnn {
 public:
  PlainCnn(const torch::nn::Module& network, const model::Shape& shape) : shape_(shape) {
    for (const auto& entry : network.named_parameters()) weights_[entry.key()] = entry.value().detach();
  }

  /// [target_length, vocabulary]; attention of the last layer is kept in `attention`.
  at::Tensor log_probabilities(const std::vector<int>& source, const std::vector<int>& target) {
    encode(source);
    std::vector<int> inputs = {shape_.vocabulary - 1};
    inputs.insert(inputs.end(), target.begin(), target.end() - 1);
    const Rows placed = embed(inputs, "decoder");
    Rows x = map(placed, "decoder.input");
    for (int number = 0; number < shape_.decoder_layers; ++number) {
      const std::string name = "decoder.layers." + std::to_string(number);
      const Rows y = convolve(x, name + ".convolution", shape_.cnn.kernel_width - 1);
      const Rows queries = mean(map(y, name + ".query"), placed);
      std::vector<at::Tensor> looks;
      Rows found;
      for (const at::Tensor& query : queries) found.push_back(look(query, looks));
      attention = at::stack(looks);
      x = mean(x, mean(y, map(found, name + ".answer")));
    }
    at::Tensor logits = at::stack(map(x, "decoder.output")).mm(weights_.at("embedding.weight").t()) + weights_.at("output_bias");
    logits.select(1, shape_.vocabulary - 1).fill_(-std::numeric_limits<double>::infinity());
    return logits - logits.logsumexp(1, true);
  }

  at::Tensor attention;

 private:
  using Rows = std::vector<at::Tensor>;

  Rows embed(const std::vector<int>& ids, const std::string& stack) const {
    Rows rows;
    for (std::size_t position = 0; position < ids.size(); ++position) {
      const auto place = std::min(static_cast<int>(position), shape_.max_positions - 1);
      rows.push_back(weights_.at("embedding.weight")[ids[position]] + weights_.at(stack + ".positions.weight")[place]);
    }
    return rows;
  }

  at::Tensor map(const at::Tensor& x, const std::string& name) const {
    const at::Tensor &v = weights_.at(name + ".weight_v"), &g = weights_.at(name + ".weight_g"), &b = weights_.at(name + ".bias");
    std::vector<at::Tensor> outputs;
    for (std::int64_t output = 0; output < v.size(0); ++output) {
      outputs.push_back(g[output] * v[output].dot(x) / v[output].pow(2).sum().sqrt() + b[output]);
    }
    return at::stack(outputs);
  }
  Rows map(const Rows& x, const std::string& name) const {
    Rows y;
    for (const at::Tensor& row : x) y.push_back(map(row, name));
    return y;
  }

  static Rows mean(const Rows& x, const Rows& y) {
    Rows z;
    for (std::size_t row = 0; row < x.size(); ++row) z.push_back((x[row] + y[row]) * std::sqrt(0.5));
    return z;
  }

  Rows convolve(const Rows& x, const std::string& name, int before) const {
    const int length = static_cast<int>(x.size());
    Rows y;
    for (int place = 0; place < length; ++place) {
      Rows window;
      for (int seen = place - before; seen < place - before + shape_.cnn.kernel_width; ++seen) {
        window.push_back(seen < 0 || seen >= length ? at::zeros(shape_.cnn.channels) : x[static_cast<std::size_t>(seen)]);
      }
      const at::Tensor both = map(at::cat(window), name);
      const at::Tensor value = both.narrow(0, 0, shape_.cnn.channels),
                       gate = both.narrow(0, shape_.cnn.channels, shape_.cnn.channels);
      y.push_back(value / (1 + at::exp(-gate)));
    }
    return y;
  }

  void encode(const std::vector<int>& source) {
    const Rows placed = embed(source, "encoder");
    Rows x = map(placed, "encoder.input");
    for (int number = 0; number < shape_.encoder_layers; ++number) {
      x = mean(x, convolve(x, "encoder.convolutions." + std::to_string(number), shape_.cnn.kernel_width / 2));
    }
    keys_ = map(x, "encoder.output");
    values_ = mean(keys_, placed);
  }

  at::Tensor look(const at::Tensor& query, std::vector<at::Tensor>& looks) const {
    std::vector<at::Tensor> scores;
    for (const at::Tensor& key : keys_) scores.push_back(query.dot(key));
    const at::Tensor exponentials = at::exp(at::stack(scores));
    looks.push_back(exponentials / exponentials.sum());
    at::Tensor sum = at::zeros(shape_.d_model);
    for (std::size_t place = 0; place < values_.size(); ++place) {
      sum = sum + looks.back()[static_cast<std::int64_t>(place)] * values_[place];
    }
    return sum * std::sqrt(static_cast<double>(values_.size()));
  }

  model::Shape shape_;
  std::map<std::string, at::Tensor> weights_;
  Rows keys_, values_;
};

}  // namespace mynah::nn
