// The batches of the next update, read while the network is busy with the ones before.
#pragma once
#include <future>
#include <memory>
#include <vector>

#include "corpus/batch_stream.h"

namespace mynah::training {

/// What one update learns from, and where the stream stands behind it.
struct Loaded {
  std::vector<corpus::Batch> batches;
  corpus::StreamPosition position;
  double epochs = 0;
};

/// Reads one update ahead on a thread of its own; the batches are those of the stream, in its order.
class BatchLoader {
 public:
  BatchLoader(std::unique_ptr<corpus::BatchStream> stream, int batches_per_update);
  ~BatchLoader();
  BatchLoader(const BatchLoader&) = delete;
  BatchLoader& operator=(const BatchLoader&) = delete;

  Loaded next();

 private:
  Loaded load();
  void load_ahead();

  std::unique_ptr<corpus::BatchStream> stream_;
  int batches_per_update_;
  std::future<Loaded> ahead_;
};

}  // namespace mynah::training
