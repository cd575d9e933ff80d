// .spm files: opened, and put to work on a few texts.
#include "text/tokenizer.h"

#include <algorithm>
#include <memory>
#include <string>

#include "fuzz.h"
#include "text/utf8.h"

namespace {

using mynah::fuzz::accepts;
using mynah::fuzz::expect;

/// A vocabulary that knows all pieces of the model.
std::shared_ptr<const mynah::Vocabulary> vocabulary_of(const std::string& model) {
  std::vector<std::string> pieces = mynah::learned_pieces(model, "fuzzed");
  for (const char* special : {"</s>", "<unk>", "<pad>"}) pieces.push_back(special);
  std::ranges::sort(pieces);
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  return std::make_shared<const mynah::Vocabulary>(std::move(pieces));
}

void work(const mynah::Tokenizer& tokenizer, const std::string& text) {
  const auto ids = tokenizer.encode(text);
  for (const mynah::TokenId id : ids) expect(id >= 0 && id < tokenizer.vocabulary().size(), "ids are the vocabulary's");
  expect(tokenizer.pieces(text).size() == ids.size(), "as many pieces as ids");
  tokenizer.decode(ids);
  mynah::Random random(1);
  tokenizer.decode(tokenizer.sample(text, 0.5, random));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string model(reinterpret_cast<const char*>(bytes), size);
  accepts([&] {
    const mynah::Tokenizer tokenizer(model, "fuzzed", vocabulary_of(model));
    const std::string all = mynah::repair_utf8(std::string_view(model).substr(0, 300));  // has the pieces' texts in it
    for (const std::string& text : {std::string(" a\u00e9 ab  \u4e2d\ufb01\U0001f600 "), std::string("aaaaaaaaaaaaaaaa"), all})
      work(tokenizer, text);
  });
  return 0;
}
