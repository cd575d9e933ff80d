#include "documents/decoded_bytes.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/files.h"

namespace mynah::documents {
namespace {

using namespace std::string_literals;

struct Decoded {
  std::string text, encoding;
  Repairs repairs;
};

Decoded decoded(const std::string& content, std::size_t at_once = 1000) {
  const TemporaryFolder folder;
  DecodedBytes bytes(folder.file("text", content));
  Decoded result;
  std::string buffer(at_once, '\0');
  while (const std::size_t count = bytes.read(buffer.data(), buffer.size())) result.text.append(buffer, 0, count);
  result.encoding = bytes.encoding();
  result.repairs = bytes.take_repairs();
  EXPECT_EQ(bytes.take_repairs(), Repairs{});
  EXPECT_EQ(bytes.position(), content.size());
  return result;
}

const std::string kText = "Grüße\n猫 🐈\r\n";
const std::string kLittle16 = "G\0r\0\xFC\0\xDF\0e\0\n\0\x2B\x73 \0\x3D\xD8\x08\xDC\r\0\n\0"s;
const std::string kBig16 = "\0G\0r\0\xFC\0\xDF\0e\0\n\x73\x2B\0 \xD8\x3D\xDC\x08\0\r\0\n"s;

TEST(DecodedBytes, WithoutAMarkBytesAreGivenAsTheyStand) {
  for (const std::string& text : {kText, ""s, "\xEF"s, "\xEF\xBBno mark"s, "\xFF\xFE"s.substr(0, 1), "a\0\xFF"s}) {
    EXPECT_EQ(decoded(text).text, text);
    EXPECT_EQ(decoded(text).encoding, "UTF-8");
    EXPECT_FALSE(decoded(text).repairs.any());
  }
}

TEST(DecodedBytes, AMarkIsLeftOutAndCounted) {
  const Decoded found = decoded("\xEF\xBB\xBF" + kText);
  EXPECT_EQ(found.text, kText);
  EXPECT_EQ(found.repairs, Repairs{.bom = 1});
}

TEST(DecodedBytes, Utf16AndUtf32BecomeUtf8HoweverTheyAreRead) {
  const std::string little32 = "\xFF\xFE\0\0A\0\0\0\x08\xF4\1\0"s, big32 = "\0\0\xFE\xFF\0\0\0A\0\1\xF4\x08"s;
  for (const std::size_t at_once : {4, 5, 7, 1000}) {
    const Decoded little = decoded("\xFF\xFE" + kLittle16, at_once), big = decoded("\xFE\xFF" + kBig16, at_once);
    EXPECT_EQ(little.text, kText);
    EXPECT_EQ(big.text, kText);
    EXPECT_EQ(little.encoding, "UTF-16LE");
    EXPECT_EQ(big.encoding, "UTF-16BE");
    EXPECT_EQ(little.repairs, Repairs{.bom = 1});
    EXPECT_EQ(decoded(little32, at_once).text, "A🐈");
    EXPECT_EQ(decoded(big32, at_once).text, "A🐈");
  }
}

TEST(DecodedBytes, IllFormedUnitsAreReplacedAndCounted) {
  const Decoded lone = decoded("\xFF\xFE"s + "a\0\x3D\xD8"s + "b\0"s);
  EXPECT_EQ(lone.text,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(lone.repairs, (Repairs{.invalid = 1, .bom = 1}));
  const Decoded cut_off = decoded("\xFF\xFE"s + "a\0z"s);
  EXPECT_EQ(cut_off.text, "a\xEF\xBF\xBD");
  EXPECT_EQ(cut_off.repairs.invalid, 1U);
}

TEST(DecodedBytes, CompressedFilesAreUnpackedFirst) {
  const TemporaryFolder folder;
  const std::string path = folder / "text.gz";
  OutputFile file(path);
  file.write("\xFF\xFE" + kLittle16);
  file.commit();
  DecodedBytes bytes(path);
  std::string text, more(1000, '\0');
  while (const std::size_t count = bytes.read(more.data(), more.size())) text.append(more, 0, count);
  EXPECT_EQ(text, kText);
}

TEST(DecodedBytes, AMissingFileIsAnError) {
  EXPECT_THAT([] { DecodedBytes("/nowhere/a.txt"); }, testing::ThrowsMessage<Error>(testing::HasSubstr("/nowhere/a.txt")));
}

}  // namespace
}  // namespace mynah::documents
