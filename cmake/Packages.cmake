# The packages that scripts/setup installs, LibTorch apart (see Torch.cmake).
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost CONFIG REQUIRED COMPONENTS iostreams)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(LibXml2 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(Md4c REQUIRED IMPORTED_TARGET md4c-html)
find_library(MYNAH_CLD2 cld2 REQUIRED) # Compact Language Detector 2, which comes without a description of itself
pkg_check_modules(SentencePiece REQUIRED IMPORTED_TARGET sentencepiece)
if(MYNAH_TESTS)
  find_package(GTest REQUIRED)
endif()
