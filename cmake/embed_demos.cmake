# Writes the C++ source that holds the demos' evidence.
#
#   cmake -DDEMOS_DEF=src/cli/demos.def -DSCENARIOS_DIR=tests/scenarios
#         -DOUTPUT=demos.cpp -P embed_demos.cmake
#
# DEMOS_DEF has an entry IISDIAG_DEMO(NAME, "title") for each demo; every file
# below SCENARIOS_DIR/NAME/evidence goes in, byte by byte, with its path
# relative to that folder. The source defines what src/cli/embedded_demos.hpp
# declares: the list of paths and a zip archive, in which the files are named
# by their place in that list. Packed they take a fifth.
#
# File names may hold blanks and any other character but ';', '\', a bracket
# without its counterpart, and line breaks.
#
# The archive is an array of char and not a string literal: Visual C++ takes no
# string literal above 64 KB.

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

# The archive of FILES as the elements of an array of char. The files get the
# same time, so that the same evidence makes the same program.
function(iisdiag_packed folder files result)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E tar cf ../demos.zip --format=zip
      "--mtime=2000-01-01 00:00:00" -- ${files}
    WORKING_DIRECTORY "${folder}"
    COMMAND_ERROR_IS_FATAL ANY)
  file(READ "${folder}/../demos.zip" hex HEX)
  # Sixteen bytes a line.
  string(REGEX REPLACE "(................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(${result} "${bytes}" PARENT_SCOPE)
endfunction()

function(iisdiag_write_demos list_file scenarios output)
  iisdiag_demo_names("${list_file}" names)
  set(work "${output}.files/files")
  file(REMOVE_RECURSE "${work}")
  file(MAKE_DIRECTORY "${work}")
  set(table)
  set(files)
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
      string(APPEND table "    {\"${name}\", \"${literal}\"},\n")
      list(APPEND files ${count})
      math(EXPR count "${count} + 1")
    endforeach()
  endforeach()
  iisdiag_packed("${work}" "${files}" bytes)
  file(REMOVE_RECURSE "${output}.files")

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
