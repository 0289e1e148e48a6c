# Writes the C++ source that holds the demos' evidence.
#
#   cmake -DDEMOS_DEF=src/cli/demos.def -DSCENARIOS_DIR=tests/scenarios
#         -DOUTPUT=demos.cpp -P embed_demos.cmake
#
# DEMOS_DEF has an entry IISDIAG_DEMO(NAME, "title") for each demo; every file
# below SCENARIOS_DIR/NAME/evidence goes in, byte by byte, with its path
# relative to that folder. The source defines what src/cli/embedded_demos.hpp
# declares: the list of paths and a zip archive. In it all files are one, those
# of a kind behind each other, so that what they have in common is packed once:
# a fifteenth of their size, where a file each would be a quarter.
#
# File names may hold blanks and any other character but ';', '\', a bracket
# without its counterpart, and line breaks.

include("${CMAKE_CURRENT_LIST_DIR}/packed_bytes.cmake")

# The names in the order of the list; comment lines are passed over.
function(iisdiag_demo_names list_file result)
  set(names)
  file(READ "${list_file}" text)
  string(REGEX MATCHALL "(^|\n)[ \t]*IISDIAG_DEMO\\([ \t\r\n]*[A-Za-z0-9_.-]+"
    entries "${text}")
  foreach(entry IN LISTS entries)
    string(REGEX REPLACE ".*\\([ \t\r\n]*" "" name "${entry}")
    list(APPEND names "${name}")
  endforeach()
  set(${result} "${names}" PARENT_SCOPE)
endfunction()

# TEXT as the inside of a string literal: every byte escaped in octal, which
# ends after three digits and so cannot swallow the next character.
function(iisdiag_octal_path text result)
  string(HEX "${text}" hex)
  string(REGEX MATCHALL ".." pairs "${hex}")
  set(escaped)
  foreach(pair IN LISTS pairs)
    math(EXPR byte "0x${pair}")
    math(EXPR high "${byte} / 64")
    math(EXPR middle "${byte} / 8 % 8")
    math(EXPR low "${byte} % 8")
    string(APPEND escaped "\\${high}${middle}${low}")
  endforeach()
  set(${result} "${escaped}" PARENT_SCOPE)
endfunction()

function(iisdiag_write_demos list_file scenarios output)
  iisdiag_demo_names("${list_file}" names)
  set(work "${output}.files")
  file(REMOVE_RECURSE "${work}")
  file(MAKE_DIRECTORY "${work}")
  set(order)
  set(count 0)
  foreach(name IN LISTS names)
    set(folder "${scenarios}/${name}/evidence")
    file(GLOB_RECURSE paths RELATIVE "${folder}" "${folder}/*")
    if(paths STREQUAL "")
      message(FATAL_ERROR
        "demo '${name}' in ${list_file}: no files below ${folder}")
    endif()
    foreach(path IN LISTS paths)
      iisdiag_octal_path("${path}" literal)
      file(COPY_FILE "${folder}/${path}" "${work}/${count}")
      cmake_path(GET path EXTENSION LAST_ONLY kind)
      cmake_path(GET path FILENAME file)
      # No character of a name means anything to a list.
      string(HEX "${kind}/${file}" key)
      list(APPEND order "${key} ${count}")
      set(row${count} "\"${name}\", \"${literal}\"")
      math(EXPR count "${count} + 1")
    endforeach()
  endforeach()

  set(files)
  set(begin 0)
  list(SORT order)
  foreach(entry IN LISTS order)
    string(REGEX REPLACE ".* " "" number "${entry}")
    file(SIZE "${work}/${number}" size)
    string(APPEND row${number} ", ${begin}, ${size}")
    list(APPEND files ${number})
    math(EXPR begin "${begin} + ${size}")
  endforeach()
  set(table)
  math(EXPR last "${count} - 1")
  foreach(number RANGE ${last})
    string(APPEND table "    {${row${number}}},\n")
  endforeach()

  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E cat ${files}
    WORKING_DIRECTORY "${work}"
    OUTPUT_FILE demos
    COMMAND_ERROR_IS_FATAL ANY)
  iisdiag_packed("${work}" demos bytes)
  file(REMOVE_RECURSE "${work}")

  file(WRITE "${output}" "\
// Written by cmake/embed_demos.cmake from src/cli/demos.def; do not edit.
#include \"cli/embedded_demos.hpp\"

namespace iisdiag::cli {
namespace {

constexpr EmbeddedPath kPaths[] = {
${table}};

constexpr char kArchive[] = {
${bytes}};

}  // namespace

std::span<const EmbeddedPath> embedded_paths() { return kPaths; }

std::string_view embedded_archive() { return {kArchive, sizeof kArchive}; }

}  // namespace iisdiag::cli
")
endfunction()

# Only when run by itself: cmake/demos.cmake includes this file for the names.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_demos("${DEMOS_DEF}" "${SCENARIOS_DIR}" "${OUTPUT}")
endif()
