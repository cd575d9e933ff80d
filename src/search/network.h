// A network as search and inference see it: shared by workers, made by `nn` or `packed`, wrapped by ensembles.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "search/step_model.h"
#include "text/token_id.h"

namespace mynah::search {

/// How much a StepModel must hold at most; it may take the memory as the need comes.
struct Capacity {
  int rows = 64;
  int source_length = 0;  // longest source in ids, `</s>` included
  int target_length = 0;  // longest target in ids, `</s>` included
  int shortlist = 0;      // most ids that a sentence's `allowed` names; 0: every sentence may use all
};

/// A finished pair, both sides ending in `</s>`.
struct Pair {
  std::span<const TokenId> source, target;
};

/// What a forced pass should return.
struct ForcedWish {
  bool log_probabilities = true;
  bool attention = false;
  bool steps = false;
};

/// One pass over a finished pair.
struct ForcedPass {
  std::vector<float> log_probabilities;  // [target_length], natural logarithms; empty unless wished
  std::vector<float> attention;  // [target_length, source_length], mean over heads of the last decoder layer; empty unless wished
  std::vector<int> encoder_steps = {},
                   decoder_steps = {};  // how often each position was worked on, where that is adaptive; else empty
};

/// One trained network. Its methods may be called from several threads at once.
class Network {
 public:
  virtual ~Network() = default;
  virtual std::unique_ptr<StepModel> step_model(const Capacity& capacity) const = 0;
  virtual std::vector<ForcedPass> forced(std::span<const Pair> pairs, ForcedWish wish) const = 0;
  /// As many sentences as it decodes fastest when they are decoded together.
  virtual int best_batch() const { return 64; }
};

}  // namespace mynah::search
