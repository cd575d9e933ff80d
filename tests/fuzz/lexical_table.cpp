// Marian's lexical tables, as --shortlist reads them.
#include <algorithm>
#include <optional>

#include "memory_file.h"
#include "model/shortlist_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using mynah::fuzz::expect;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (mynah::fuzz::is_compressed(text)) return 0;
  static mynah::fuzz::MemoryFile file;
  file.fill(text);
  static const mynah::Vocabulary vocabulary({"</s>", "<unk>", "a", "b", "c", "▁a", "<pad>"});
  std::optional<mynah::model::Shortlist> shortlist;
  if (!mynah::fuzz::accepts([&] { shortlist = mynah::model::read_lexical_table(file.path(), vocabulary, {}); })) return 0;
  for (mynah::TokenId source = 0; source < vocabulary.size(); ++source) {
    const auto allowed = shortlist->of(std::vector{source});
    expect(std::ranges::is_sorted(allowed), "a list is sorted");
    expect(std::ranges::binary_search(allowed, vocabulary.end()), "every target can end");
    expect(allowed.front() >= 0 && allowed.back() < vocabulary.size(), "a list is of the vocabulary");
  }
  return 0;
}
