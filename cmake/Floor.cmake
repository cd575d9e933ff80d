# A floor is one folder under src/, one static library, one statement of what it rests on.
# RESTS_ON becomes the link dependency and the test layering.<floor>, which reads the #include lines.
#
#   add_floor(search RESTS_ON base text SOURCES beam_search.cpp ... [LIBRARIES pkg::target ...])
#   add_floor_tests(search SOURCES beam_search_test.cpp ... [LABEL light|torch])

function(add_floor name)
  cmake_parse_arguments(FLOOR "" "" "RESTS_ON;SOURCES;LIBRARIES" ${ARGN})
  if(FLOOR_SOURCES)
    add_library(${name} STATIC ${FLOOR_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${name} PRIVATE mynah_warnings)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${name} ${scope} ${FLOOR_RESTS_ON} ${FLOOR_LIBRARIES})
  if(MYNAH_TESTS)
    list(JOIN FLOOR_RESTS_ON "," allowed)
    add_test(NAME layering.${name}
             COMMAND ${CMAKE_COMMAND} -DFLOOR=${name} -DALLOWED=${allowed} -DSRC=${PROJECT_SOURCE_DIR}/src
                     -P ${PROJECT_SOURCE_DIR}/cmake/Layering.cmake)
    set_tests_properties(layering.${name} PROPERTIES LABELS light)
  endif()
endfunction()

function(add_floor_tests name)
  cmake_parse_arguments(TESTS "" "LABEL" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT TESTS_SOURCES)
    return()
  endif()
  if(NOT TESTS_LABEL)
    set(TESTS_LABEL light)
  endif()
  add_executable(${name}_tests ${TESTS_SOURCES})
  target_link_libraries(${name}_tests PRIVATE ${name} ${TESTS_LIBRARIES} mynah_warnings GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name}_tests PRIVATE MYNAH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  include(GoogleTest)
  # Tests run side by side, so each keeps to one OpenMP thread: threads that wait for each other by spinning starve the rest.
  gtest_discover_tests(${name}_tests TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120
                       PROPERTIES LABELS ${TESTS_LABEL} TIMEOUT 600 ENVIRONMENT OMP_NUM_THREADS=1)
endfunction()
