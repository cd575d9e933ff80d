# What `cmake --install` puts in place: programs, their man pages and shell completions (written at build time by the programs
# themselves, from their option lists) and the models that ship.
set(MYNAH_GENERATED ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${MYNAH_GENERATED})

# mynah_write(<program> <file> <folder to install to> <argument>...): what the program prints, as a file.
function(mynah_write program file destination)
  set(path ${MYNAH_GENERATED}/${file})
  add_custom_command(OUTPUT ${path} COMMAND ${program} ${ARGN} > ${path}.partial COMMAND ${CMAKE_COMMAND} -E rename ${path}.partial ${path}
                     DEPENDS ${program} COMMENT "Writing ${file}" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY MYNAH_GENERATED_FILES ${path})
  install(FILES ${path} DESTINATION ${destination})
endfunction()

install(TARGETS mynah_libtorch LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/mynah)
foreach(program train translate summarize)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    mynah_write(${program} ${program}.1 ${CMAKE_INSTALL_MANDIR}/man1 --man)
    mynah_write(${program} ${program} ${CMAKE_INSTALL_DATADIR}/bash-completion/completions --completion bash)
    mynah_write(${program} _${program} ${CMAKE_INSTALL_DATADIR}/zsh/site-functions --completion zsh)
    mynah_write(${program} ${program}.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d --completion fish)
  endif()
endforeach()
get_property(mynah_generated_files GLOBAL PROPERTY MYNAH_GENERATED_FILES)
add_custom_target(man_and_completions ALL DEPENDS ${mynah_generated_files})

install(DIRECTORY models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/mynah/models)
