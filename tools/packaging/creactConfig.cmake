# find_package(creact) gives:
#
#   creact_add_app(NAME ENTRY [OUTPUT FILE] [FLAGS flag…])
#     A target NAME, part of `all`, that compiles ENTRY to the deploy binary FILE (default: bin/NAME in the build
#     folder). It is compiled again when ENTRY or something that it imports has changed.
#   CREACT_COMPILER, CREACT_LIBRARY_DIR: the compiler, and the folder of the library that programs import.
#
# Everything is found relative to this file, so the installed tree can be moved.
get_filename_component(CREACT_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(CREACT_COMPILER "${CREACT_PREFIX}/bin/creactc")
set(CREACT_LIBRARY_DIR "${CREACT_PREFIX}/share/creact/lib")

function(creact_add_app name entry)
  cmake_parse_arguments(PARSE_ARGV 2 APP "" "OUTPUT" "FLAGS")
  if(APP_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "creact_add_app(${name}): unknown arguments: ${APP_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(entry "${entry}" ABSOLUTE)
  if(NOT APP_OUTPUT)
    set(APP_OUTPUT "bin/${name}")
  endif()
  get_filename_component(output "${APP_OUTPUT}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
  get_filename_component(folder "${output}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CREACT_COMPILER}" ${APP_FLAGS} -MD -MF "${output}.d" -o "${output}" "${entry}"
    DEPENDS "${entry}" "${CREACT_COMPILER}"
    DEPFILE "${output}.d"
    COMMENT "Compiling ${name}"
    VERBATIM)
  add_custom_target(${name} ALL DEPENDS "${output}")
endfunction()
