# Fails when a program is linked with a library whose name matches UNWANTED.
# Run as: cmake -DREADELF=readelf -DPROGRAM=build/translate -DUNWANTED=torch|c10 -P cmake/LinksNone.cmake
execute_process(COMMAND ${READELF} --dynamic --wide ${PROGRAM} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*" needed "${text}")
if(NOT needed)
  message(FATAL_ERROR "${PROGRAM}: no linked libraries were found")
endif()
list(FILTER needed INCLUDE REGEX "${UNWANTED}")
if(needed)
  message(FATAL_ERROR "${PROGRAM} is linked with ${needed}")
endif()
