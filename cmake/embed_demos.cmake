# Writes the C++ source that holds the demos' evidence.
#
#   cmake -DDEMOS_DEF=src/cli/demos.def -DSCENARIOS_DIR=tests/scenarios
#         -DOUTPUT=demos.cpp -P embed_demos.cmake
#
# DEMOS_DEF has an entry IISDIAG_DEMO(NAME, "title") for each demo; every file
# below SCENARIOS_DIR/NAME/evidence goes in, byte by byte, under its path
# relative to that folder. The source defines what src/cli/demos.hpp declares:
#
#   struct EmbeddedFile { std::string_view path; std::string_view bytes; };
#   std::span<const EmbeddedFile> demo_files(std::string_view name);
#
# File names may hold blanks and any other character but ';', '\', a bracket
# without its counterpart, and line breaks.
#
# The bytes are arrays of char and not string literals: Visual C++ takes no
# string literal above 64 KB, and GCC needs 0.2 s for 200 KB either way.

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
  set(data)
  set(tables)
  set(branches)
  set(demo 0)
  set(blob 0)
  foreach(name IN LISTS names)
    set(folder "${scenarios}/${name}/evidence")
    file(GLOB_RECURSE paths RELATIVE "${folder}" "${folder}/*")
    if(paths STREQUAL "")
      message(FATAL_ERROR
        "demo '${name}' in ${list_file}: no files below ${folder}")
    endif()
    string(APPEND tables "constexpr EmbeddedFile kDemo${demo}[] = {\n")
    foreach(path IN LISTS paths)
      iisdiag_octal_path("${path}" literal)
      file(READ "${folder}/${path}" hex HEX)
      if(hex STREQUAL "")
        string(APPEND tables "    {\"${literal}\", {}},\n")
        continue()
      endif()
      # Sixteen bytes a line.
      string(REGEX REPLACE "(................................)" "\\1\n"
        hex "${hex}")
      string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
      string(APPEND data
        "// ${name}: file ${blob}\n"
        "constexpr char kBytes${blob}[] = {\n${bytes}};\n")
      string(APPEND tables
        "    {\"${literal}\", {kBytes${blob}, sizeof kBytes${blob}}},\n")
      math(EXPR blob "${blob} + 1")
    endforeach()
    string(APPEND tables "};\n")
    string(APPEND branches
      "  if (name == \"${name}\") {\n    return kDemo${demo};\n  }\n")
    math(EXPR demo "${demo} + 1")
  endforeach()
  if(NOT names)
    set(branches "  static_cast<void>(name);\n")
  endif()

  file(WRITE "${output}" "\
// Written by cmake/embed_demos.cmake from src/cli/demos.def; do not edit.
#include \"cli/demos.hpp\"

#include <span>
#include <string_view>

namespace iisdiag::cli {
namespace {

${data}
${tables}
}  // namespace

std::span<const EmbeddedFile> demo_files(std::string_view name) {
${branches}  return {};
}

}  // namespace iisdiag::cli
")
endfunction()

# Only when run by itself: cmake/demos.cmake includes this file for the names.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_demos("${DEMOS_DEF}" "${SCENARIOS_DIR}" "${OUTPUT}")
endif()
