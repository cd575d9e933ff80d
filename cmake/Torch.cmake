# Finds LibTorch: where CMake is pointed (CMAKE_PREFIX_PATH, Torch_DIR), else the torch of the system's python3,
# else the project's own virtual environment (.venv, made by scripts/setup).
# The packages are looked at, not imported: their own Python dependencies need not be there.
function(mynah_torch_of_python python result)
  execute_process(COMMAND ${python} ${PROJECT_SOURCE_DIR}/cmake/find_torch.py
                  OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(failed)
    set(prefix "")
  endif()
  set(${result} "${prefix}" PARENT_SCOPE)
endfunction()

set(mynah_log_level "${CMAKE_MESSAGE_LOG_LEVEL}")
set(CMAKE_MESSAGE_LOG_LEVEL ERROR)  # the wheel warns about a library (kineto) that nobody here uses
find_package(Torch QUIET)
foreach(python python3 ${PROJECT_SOURCE_DIR}/.venv/bin/python)
  if(NOT Torch_FOUND)
    mynah_torch_of_python(${python} prefix)
    if(prefix)
      find_package(Torch QUIET PATHS ${prefix} NO_DEFAULT_PATH)
    endif()
  endif()
endforeach()
set(CMAKE_MESSAGE_LOG_LEVEL "${mynah_log_level}")
if(NOT Torch_FOUND)
  message(FATAL_ERROR "LibTorch was not found: run scripts/setup, or point CMake at one with -DCMAKE_PREFIX_PATH=/path/to/libtorch")
endif()
if(Torch_VERSION VERSION_LESS 2.11)
  message(FATAL_ERROR "LibTorch ${Torch_VERSION} at ${Torch_DIR} is too old: 2.11 to 2.13 is expected")
endif()
message(STATUS "LibTorch ${Torch_VERSION}: ${Torch_DIR}")

# Programs run from the build tree and after install without LD_LIBRARY_PATH. LibTorch's folder is named, since of link paths those
# inside the project, as .venv is, would be left out.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
set(CMAKE_INSTALL_RPATH "${TORCH_INSTALL_PREFIX}/lib")
