#include "nn/cnn_parts.h"

namespace mynah::nn {

RowMap windows(const Segments& sentences, std::int64_t width, std::int64_t before, at::Device device) {
  const std::int64_t *lengths = sentences.lengths().const_data_ptr<std::int64_t>(),
                     *starts = sentences.starts().const_data_ptr<std::int64_t>();
  std::vector<std::int64_t> rows;
  std::int64_t tokens = 0;
  for (std::int64_t sentence = 0; sentence < sentences.count(); ++sentence) {
    tokens += lengths[sentence];
    for (std::int64_t place = 0; place < lengths[sentence]; ++place) {
      for (std::int64_t seen = place - before; seen < place - before + width; ++seen) {
        rows.push_back(seen < 0 || seen >= lengths[sentence] ? RowMap::kEmpty : starts[sentence] + seen);
      }
    }
  }
  return {rows, tokens, device};
}

}  // namespace mynah::nn
