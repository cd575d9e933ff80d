// A copy of the corpora without the pairs that are left out.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "corpus/pair_check.h"

namespace mynah::corpus {

/// Files of the same names and format in a folder of their own, compressed as their names say, the lines as they stood. They
/// appear whole, all together, or not at all.
class CleanCopy {
 public:
  /// Opens all files. Throws Error: not writable, two corpora with files of one name, a file that would replace what is read.
  CleanCopy(const std::filesystem::path& folder, const std::vector<Source>& sources);

  void add(std::size_t corpus, const CheckedPair& pair);
  void commit();

  /// Where the files of a corpus go.
  const Source& source(std::size_t corpus) const { return copies_[corpus]; }

 private:
  std::vector<Source> copies_;
  std::vector<std::vector<OutputFile>> files_;  // by corpus
};

}  // namespace mynah::corpus
