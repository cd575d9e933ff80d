# How our own code is compiled: strict warnings (errors in the dev preset), ccache when it is there.
option(MYNAH_WERROR "Treat warnings as errors" OFF)

add_library(mynah_warnings INTERFACE)
target_compile_options(mynah_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                                                $<$<BOOL:${MYNAH_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(mynah_warnings INTERFACE -Wno-restrict)  # false alarms on std::string (GCC bug 105651)
endif()
find_program(MYNAH_CCACHE ccache)
if(MYNAH_CCACHE)
  # Precompiled headers are cached only when ccache may ignore their time stamps.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${MYNAH_CCACHE})
endif()
