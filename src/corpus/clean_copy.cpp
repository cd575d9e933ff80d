#include "corpus/clean_copy.h"

#include <set>

#include "base/error.h"

namespace mynah::corpus {
namespace {

namespace fs = std::filesystem;

fs::path copy_of(const fs::path& folder, const std::string& path) {
  return folder / (path == "-" ? fs::path("standard-input.tsv") : fs::path(path).filename());
}

void check_not_read(const fs::path& copy, const std::vector<Source>& sources) {
  for (const Source& source : sources) {
    for (const std::string& path : source.paths) {
      std::error_code missing;
      if (path == "-" || !fs::equivalent(copy, path, missing) || missing) continue;
      throw Error(concat("the cleaned copy cannot be written to ", copy.string(), ", which is read; give another folder"));
    }
  }
}

}  // namespace

CleanCopy::CleanCopy(const fs::path& folder, const std::vector<Source>& sources) : copies_(sources) {
  std::set<fs::path> taken;
  for (Source& copy : copies_) {
    for (std::string& path : copy.paths) {
      const fs::path written = copy_of(folder, path);
      if (!taken.insert(written).second) {
        throw Error(concat("the cleaned copy needs ", written.string(),
                           " for two corpora; rename one of the files, or check them one after the other"));
      }
      check_not_read(written, sources);
      path = written.string();
    }
  }
  make_folder(folder);
  for (const Source& copy : copies_) {
    auto& files = files_.emplace_back();
    for (const std::string& path : copy.paths) files.emplace_back(path);
  }
}

void CleanCopy::add(std::size_t corpus, const CheckedPair& pair) {
  auto& files = files_[corpus];
  if (files.size() == 1) {
    files[0].write(pair.raw + "\n");
  } else {
    files[0].write(pair.text.source + "\n");
    files[1].write(pair.text.target + "\n");
  }
}

void CleanCopy::commit() {
  for (auto& files : files_) {
    for (OutputFile& file : files) file.commit();
  }
}

}  // namespace mynah::corpus
