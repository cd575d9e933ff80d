// The Universal Transformer written down plainly from the papers (Dehghani et al. 2019, Graves 2016), one unpadded pair and one
// position at a time: the networks' oracle.
#pragma once
#include "plain_transformer.h"

namespace mynah::nn {

class PlainUniversal : public PlainTransformer {
 public:
  using PlainTransformer::PlainTransformer;

  at::Tensor log_probabilities(const std::vector<int>& source, const std::vector<int>& target) {
    ponder = 0;
    const at::Tensor memory =
        refine(source, "encoder", shape_.encoder_layers, encoder_steps, [](const at::Tensor& x) { return x; });
    std::vector<int> inputs = {shape_.vocabulary - 1};
    inputs.insert(inputs.end(), target.begin(), target.end() - 1);
    const at::Tensor states = refine(inputs, "decoder", shape_.decoder_layers, decoder_steps, [&](const at::Tensor& x) {
      return residual(x, "decoder.cross_attention_norm",
                      [&](const at::Tensor& y) { return attend(y, memory, "decoder.cross_attention", false); });
    });
    at::Tensor logits = states.mm(weights_["embedding.weight"].t()) + weights_["output_bias"];
    logits.select(1, shape_.vocabulary - 1).fill_(-std::numeric_limits<double>::infinity());
    return logits - logits.logsumexp(1, true);
  }

  std::vector<int> encoder_steps, decoder_steps;
  double ponder = 0;

 private:
  double sinusoid(double place, int feature) const {
    const int half = shape_.d_model / 2;
    const double angle = place / std::pow(10000.0, 2.0 * (feature % half) / shape_.d_model);
    return feature < half ? std::sin(angle) : std::cos(angle);
  }

  template <class Middle>
  at::Tensor refine(const std::vector<int>& ids, const std::string& side, int most_steps, std::vector<int>& steps,
                    const Middle& middle) {
    const std::size_t count = ids.size();
    std::vector<at::Tensor> states, results;
    for (const int id : ids) {
      states.push_back(weights_["embedding.weight"][id] * std::sqrt(shape_.d_model));
      results.push_back(at::zeros_like(states.back()));
    }
    std::vector<double> spent(count, 0);
    std::vector<bool> halted(count, false);
    steps.assign(count, 0);
    for (int step = 1; step <= most_steps; ++step) {
      std::vector<at::Tensor> inputs;
      for (std::size_t i = 0; i < count; ++i) {
        at::Tensor input = states[i].clone();
        for (int k = 0; k < shape_.d_model; ++k) input[k] += sinusoid(static_cast<double>(i), k) + sinusoid(step, k);
        inputs.push_back(input);
      }
      at::Tensor x = at::stack(inputs);
      x = residual(x, side + ".self_attention_norm",
                   [&](const at::Tensor& y) { return attend(y, y, side + ".self_attention", side == "decoder"); });
      x = residual(middle(x), side + ".transition_norm", [&](const at::Tensor& y) { return transit(y, side); });
      for (std::size_t i = 0; i < count; ++i) {
        if (halted[i]) continue;
        ++steps[i];
        states[i] = x[static_cast<std::int64_t>(i)];
        if (!shape_.universal.halting) {
          results[i] = states[i];
          continue;
        }
        const double logit = (weights_[side + ".halting.unit.weight"][0] * inputs[i]).sum().template item<double>() +
                             weights_[side + ".halting.unit.bias"][0].template item<double>() + 1;
        const double probability = 1 / (1 + std::exp(-logit));
        halted[i] = step == most_steps || spent[i] + probability > 0.99;
        const double weight = halted[i] ? 1 - spent[i] : probability;
        results[i] = results[i] + weight * states[i];
        spent[i] += probability;
        if (halted[i]) ponder += steps[i] + weight;
      }
    }
    const at::Tensor result = at::stack(results);
    return shape_.pre_norm ? norm(result, side + ".norm") : result;
  }

  at::Tensor transit(const at::Tensor& x, const std::string& side) {
    const std::string name = side + ".transition";
    if (shape_.universal.transition == "feed-forward") return feed(x, name + ".feed_forward");
    return convolve(convolve(x, name + ".inner", side == "decoder").clamp_min(0), name + ".outer", side == "decoder");
  }

  at::Tensor convolve(const at::Tensor& x, const std::string& name, bool causal) {
    const at::Tensor kernel = weights_.at(name + ".depthwise");
    const std::int64_t width = kernel.size(1), before = causal ? width - 1 : width / 2;
    at::Tensor sums = at::zeros_like(x);
    for (std::int64_t to = 0; to < x.size(0); ++to) {
      for (std::int64_t place = 0; place < width; ++place) {
        const std::int64_t from = to + place - before;
        if (from >= 0 && from < x.size(0)) sums[to] += x[from] * kernel.select(1, place);
      }
    }
    return linear(sums, name + ".pointwise");
  }
};

}  // namespace mynah::nn
