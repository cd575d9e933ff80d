#include "engine/network_library.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::engine {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string refusal(const std::string& path) {
  return message_of<Error>([&] { open_library(path); });
}

TEST(NetworkLibrary, WhatCannotBeOpenedIsNamed) {
  EXPECT_THAT(refusal("/nowhere/libmynah.so"),
              AllOf(HasSubstr("/nowhere/libmynah.so"), HasSubstr("missing"), HasSubstr("--engine packed")));
  EXPECT_THAT(refusal("libmynah_nowhere.so"), AllOf(HasSubstr("cannot open"), HasSubstr("--engine packed")));
  EXPECT_THAT(refusal("libm.so.6"), AllOf(HasSubstr("libm.so.6"), HasSubstr("no library of Mynah")));
  EXPECT_THAT(refusal(MYNAH_OTHER_BUILD), AllOf(HasSubstr("another build"), HasSubstr(model::build_identity())));
}

TEST(NetworkLibrary, LibTorchIsOpenedOnce) {
  EXPECT_EQ(libtorch().build, model::build_identity());
  EXPECT_EQ(&libtorch(), &libtorch());
}

}  // namespace
}  // namespace mynah::engine
