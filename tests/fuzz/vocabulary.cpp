// vocab.json.
#include "text/vocabulary.h"

#include <optional>
#include <string_view>

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using mynah::fuzz::expect;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::optional<mynah::Vocabulary> vocabulary;
  if (!mynah::fuzz::accepts([&] { vocabulary = mynah::Vocabulary::parse(text, "fuzzed"); })) return 0;
  for (mynah::TokenId id = 0; id < vocabulary->size(); ++id) {
    expect(vocabulary->id(vocabulary->piece(id)) == id, "pieces and ids name each other");
  }
  expect(vocabulary->piece(vocabulary->end()) == "</s>", "</s> has its id");
  expect(vocabulary->piece(vocabulary->unknown()) == "<unk>", "<unk> has its id");
  expect(vocabulary->piece(vocabulary->pad()) == "<pad>", "<pad> has its id");
  return 0;
}
