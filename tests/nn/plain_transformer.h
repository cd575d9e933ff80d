// The Transformer written down plainly from the paper, one unpadded pair at a time, no shared code with the networks: their
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

class PlainTransformer {
 public:
  PlainTransformer(const torch::nn::Module& network, const model::Shape& shape) : shape_(shape) {
    for (const auto& entry : network.named_parameters()) weights_[entry.key()] = entry.value().detach();
  }

  /// [target_length, vocabulary]; attention of the last decoder layer, mean over heads, is kept in `attention`.
  at::Tensor log_probabilities(const std::vector<int>& source, const std::vector<int>& target) {
    at::Tensor memory = embed(source);
    for (int n = 0; n < shape_.encoder_layers; ++n) {
      const std::string layer = "encoder.layers." + std::to_string(n);
      memory = residual(memory, layer + ".self_attention_norm",
                        [&](const at::Tensor& y) { return attend(y, y, layer + ".self_attention", false); });
      memory =
          residual(memory, layer + ".feed_forward_norm", [&](const at::Tensor& y) { return feed(y, layer + ".feed_forward"); });
    }
    if (shape_.pre_norm) memory = norm(memory, "encoder.norm");
    std::vector<int> inputs = {shape_.vocabulary - 1};
    inputs.insert(inputs.end(), target.begin(), target.end() - 1);
    at::Tensor x = embed(inputs);
    for (int n = 0; n < shape_.decoder_layers; ++n) {
      const std::string layer = "decoder.layers." + std::to_string(n);
      x = residual(x, layer + ".self_attention_norm",
                   [&](const at::Tensor& y) { return attend(y, y, layer + ".self_attention", true); });
      x = residual(x, layer + ".cross_attention_norm",
                   [&](const at::Tensor& y) { return attend(y, memory, layer + ".cross_attention", false); });
      x = residual(x, layer + ".feed_forward_norm", [&](const at::Tensor& y) { return feed(y, layer + ".feed_forward"); });
    }
    if (shape_.pre_norm) x = norm(x, "decoder.norm");
    at::Tensor logits = x.mm(weights_["embedding.weight"].t()) + weights_["output_bias"];
    logits.select(1, shape_.vocabulary - 1).fill_(-std::numeric_limits<double>::infinity());
    return logits - logits.logsumexp(1, true);
  }

  at::Tensor attention;

 protected:
  at::Tensor embed(const std::vector<int>& ids) {
    const int d = shape_.d_model;
    std::vector<at::Tensor> rows;
    for (std::size_t position = 0; position < ids.size(); ++position) {
      at::Tensor row = weights_["embedding.weight"][ids[position]] * std::sqrt(d);
      for (int k = 0; k < d / 2; ++k) {
        const double angle = static_cast<double>(position) / std::pow(10000.0, 2.0 * k / d);
        row[k] += std::sin(angle);
        row[d / 2 + k] += std::cos(angle);
      }
      rows.push_back(row);
    }
    return at::stack(rows);
  }

  at::Tensor linear(const at::Tensor& x, const std::string& name) {
    return x.mm(weights_.at(name + ".weight").t()) + weights_.at(name + ".bias");
  }

  at::Tensor norm(const at::Tensor& x, const std::string& name) {
    const at::Tensor centred = x - x.mean(1, true);
    const at::Tensor variance = centred.pow(2).mean(1, true);
    return centred / (variance + 1e-5).sqrt() * weights_.at(name + ".weight") + weights_.at(name + ".bias");
  }

  template <class SubLayer>
  at::Tensor residual(const at::Tensor& x, const std::string& name, const SubLayer& sub_layer) {
    return shape_.pre_norm ? x + sub_layer(norm(x, name)) : norm(x + sub_layer(x), name);
  }

  at::Tensor attend(const at::Tensor& x, const at::Tensor& memory, const std::string& name, bool causal) {
    const at::Tensor query = linear(x, name + ".query"), key = linear(memory, name + ".key"),
                     value = linear(memory, name + ".value");
    const int d_head = shape_.d_model / shape_.heads;
    std::vector<at::Tensor> heads, all_weights;
    for (int head = 0; head < shape_.heads; ++head) {
      const auto part = [&](const at::Tensor& all) { return all.narrow(1, head * d_head, d_head); };
      at::Tensor scores = part(query).mm(part(key).t()) / std::sqrt(d_head);
      if (causal) scores = scores + at::full_like(scores, -std::numeric_limits<double>::infinity()).triu(1);
      all_weights.push_back(scores.softmax(1));
      heads.push_back(all_weights.back().mm(part(value)));
    }
    attention = at::stack(all_weights).mean(0);
    return linear(at::cat(heads, 1), name + ".output");
  }

  at::Tensor feed(const at::Tensor& x, const std::string& name) {
    at::Tensor y = linear(x, name + ".inner");
    if (shape_.activation == "relu") y = y.clamp_min(0);
    if (shape_.activation == "gelu") y = y * 0.5 * (1 + at::erf(y / std::sqrt(2.0)));
    if (shape_.activation == "silu") y = y / (1 + at::exp(-y));
    if (shape_.activation == "swiglu") {
      const at::Tensor gate = linear(x, name + ".gate");
      y = y * gate / (1 + at::exp(-gate));
    }
    return linear(y, name + ".outer");
  }

  model::Shape shape_;
  std::map<std::string, at::Tensor> weights_;
};

}  // namespace mynah::nn
