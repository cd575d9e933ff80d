// Where training stands, on disk: written whole or not at all, read back bit for bit.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/weights.h"

namespace mynah::training {

/// What a checkpoint holds: the weights that learn, the ones that validation looks at (the moving average, if one is kept),
/// the optimizer, and everything else as JSON.
struct Checkpoint {
  model::Weights weights;
  model::Weights smoothed;  // empty: the same as weights
  model::Weights optimizer;
  std::shared_ptr<const Json> state;
};

/// The checkpoints whose mean is tried in the end: how many, and whether the one being saved is among them. One that is written
/// out of turn is not, so that the mean does not depend on when training was interrupted.
struct Recent {
  int kept = 0;
  bool joins = true;
};

/// The folder `checkpoint` of a model. New files get names of their own; state.json, which names them, is replaced last, and only
/// then the older files go. So whatever fails in between, the earlier checkpoint is whole.
class CheckpointFolder {
 public:
  explicit CheckpointFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool has_checkpoint() const;
  /// Throws Error naming the file when it is damaged, of another version, or names files that are missing.
  Checkpoint load() const;
  /// Only the JSON part of load().
  Json load_state() const;
  /// Keeps the smoothed weights of the last checkpoints that joined `recent`. `update` makes the names.
  void save(const Checkpoint& checkpoint, std::int64_t update, const Recent& recent);
  /// Files with the smoothed weights of those, oldest first.
  std::vector<std::filesystem::path> recent_weights() const;

  const std::filesystem::path& path() const { return folder_; }

 private:
  Json load_index() const;
  void remove_all_but(const Json& index) const;

  std::filesystem::path folder_;
};

}  // namespace mynah::training
