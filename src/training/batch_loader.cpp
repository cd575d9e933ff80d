#include "training/batch_loader.h"

namespace mynah::training {

BatchLoader::BatchLoader(std::unique_ptr<corpus::BatchStream> stream, int batches_per_update)
    : stream_(std::move(stream)), batches_per_update_(batches_per_update) {
  load_ahead();
}

BatchLoader::~BatchLoader() {
  if (ahead_.valid()) ahead_.wait();
}

Loaded BatchLoader::next() {
  Loaded loaded = ahead_.get();
  load_ahead();
  return loaded;
}

Loaded BatchLoader::load() {
  Loaded loaded;
  for (int index = 0; index < batches_per_update_; ++index) loaded.batches.push_back(stream_->next());
  loaded.position = stream_->position();
  loaded.epochs = stream_->epochs();
  return loaded;
}

void BatchLoader::load_ahead() {
  ahead_ = std::async(std::launch::async, [this] { return load(); });
}

}  // namespace mynah::training
