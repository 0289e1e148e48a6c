# iisdiag_packed(FOLDER FILES RESULT)
#
# FILES of FOLDER as a zip archive: the elements of an array of char. An array
# and no string literal, for Visual C++ takes no string literal above 64 KB. The
# files get the same time, so that the same files make the same program.
function(iisdiag_packed folder files result)
  cmake_path(ABSOLUTE_PATH folder)
  set(archive "${folder}.zip")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E tar cf "${archive}" --format=zip
      "--mtime=2000-01-01 00:00:00" -- ${files}
    WORKING_DIRECTORY "${folder}"
    COMMAND_ERROR_IS_FATAL ANY)
  file(READ "${archive}" hex HEX)
  file(REMOVE "${archive}")
  # Sixteen bytes a line.
  string(REGEX REPLACE "(................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(${result} "${bytes}" PARENT_SCOPE)
endfunction()
