// The base of every architecture: what training and search need, and nothing of what is inside.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/shape.h"
#include "model/weights.h"
#include "nn/batch.h"
#include "nn/dropout_pass.h"
#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

/// What the encoder leaves for the decoder; each architecture derives its own.
struct Memory {
  virtual ~Memory() = default;
};

/// A decoder's rows between steps; each architecture derives its own.
class State {
 public:
  virtual ~State() = default;
  virtual int rows() const = 0;
  /// New row r is old row `parents[r]`; repeats and omissions are fine.
  virtual void reorder(std::span<const std::int64_t> parents) = 0;
  /// Appends the rows of `other`, a state of the same model.
  virtual void append(State& other) = 0;
};

struct LossOptions {
  double label_smoothing = 0.1;
  double ponder_weight = 0;  // of the part "ponder", where there is one
};

/// Sums over target tokens, so that parts of a batch add up.
struct Loss {
  Tensor total;                                       // scalar with gradient: summed over tokens; what is minimised
  Tensor cross_entropy;                               // scalar without gradient: summed −log p of the right token, unsmoothed
  std::int64_t tokens = 0;                            // target ids, `</s>` counted, `<pad>` not
  std::vector<std::pair<std::string, Tensor>> parts;  // named additions: ponder, coverage
};

/// What a look inside one forced pass shows.
struct Inside {
  Tensor attention;                     // [batch, target_length, source_length], mean over the heads of the last decoder layer
  Tensor encoder_steps, decoder_steps;  // [batch, length] int64, 0 at padding: steps taken; undefined where depth is fixed
};

/// A sequence-to-sequence network. `target` rows end in `</s>`; decoder inputs (start token first) are made inside.
class SequenceModel : public torch::nn::Module {
 public:
  virtual std::unique_ptr<Memory> encode(const Padded& source) = 0;
  virtual Loss loss(const Memory& memory, const Padded& target, const LossOptions& options) = 0;
  /// Teacher forcing, all positions at once: [batch, target_length, vocabulary]; −infinity at `<pad>`.
  virtual Tensor log_probabilities(const Memory& memory, const Padded& target) = 0;
  virtual Inside inside(const Memory& memory, const Padded& target) = 0;
  /// One row per row of `memory`, before the start token.
  virtual std::unique_ptr<State> start(const Memory& memory) = 0;
  /// Feeds each row of a state that has read nothing yet its own number (zero is fine) of tokens, in one pass.
  virtual void read(State& state, const Padded& tokens) = 0;
  /// Feeds one token per row ([rows] int64; `<pad>` starts): [rows, vocabulary] logits, −infinity at `<pad>`.
  virtual Tensor step(State& state, const Tensor& tokens) = 0;
  /// Seeds the dropout of the next forward passes: masks are a function of (seed, layer, element), never of a global generator.
  virtual void seed_dropout(std::uint64_t seed) = 0;
  /// Draws all parameters; called without gradients. Unless an architecture has a way of its own: the table from N(0, 1/d), its
  /// row for `<pad>` zero; matrices by Xavier (Glorot and Bengio 2010); biases zero; norms keep what they were made with.
  virtual void initialise(const at::Generator& generator);
};

/// Builds a network of the architecture `shape.type` names, freshly initialised from `seed`. Throws Error naming unknown types.
std::shared_ptr<SequenceModel> build(const model::Shape& shape, const Dropout& dropout, std::uint64_t seed);

/// The same with trained weights, in evaluation mode. Throws like load_weights().
std::shared_ptr<SequenceModel> build(const model::Shape& shape, const model::Weights& weights);

/// Copies weights by canonical name into the module. Throws Error naming a missing, surplus or wrongly shaped array.
void load_weights(SequenceModel& network, const model::Weights& weights);

/// The module's parameters (tied tables once) as arrays on the CPU; float32 copies.
model::Weights weights_of(const SequenceModel& network);

}  // namespace mynah::nn
