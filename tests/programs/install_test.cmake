# What README's install command puts in place runs from there: programs, LibTorch's networks, the models that ship.
#   cmake -DBUILD=<build tree> -DPREFIX=<folder to install to> -P install_test.cmake
function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE code)
  if(NOT code EQUAL 0 OR NOT out MATCHES "[^ \n]")
    message(FATAL_ERROR "${ARGV} ended with ${code}\n${out}${err}")
  endif()
endfunction()

file(REMOVE_RECURSE ${PREFIX})
unset(ENV{MYNAH_MODELS})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX})
foreach(program train translate summarize)
  run(${PREFIX}/bin/${program} --version)
endforeach()
run(${PREFIX}/bin/translate --from en --to de --engine libtorch Good morning.)
run(${PREFIX}/bin/translate --from en --to de Good morning.)
file(REMOVE_RECURSE ${PREFIX})
