# iisdiag_packed(FOLDER FILES RESULT)
#
# FILES of FOLDER as a zip archive: the elements of an array of char. An array
# and no string literal, for Visual C++ takes no string literal above 64 KB. The
# same files make the same bytes, whoever packs them, when and where: FOLDER,
# which is the caller's own, gets modes that do not come from the umask.
function(iisdiag_packed folder files result)
  cmake_path(ABSOLUTE_PATH folder)
  set(archive "${folder}.zip")
  file(CHMOD_RECURSE "${folder}"
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
    DIRECTORY_PERMISSIONS
      OWNER_READ OWNER_WRITE OWNER_EXECUTE
      GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env TZ=UTC
      "${CMAKE_COMMAND}" -E tar cf "${archive}" --format=zip
      "--mtime=2000-01-01 00:00:00 UTC" -- ${files}
    WORKING_DIRECTORY "${folder}"
    COMMAND_ERROR_IS_FATAL ANY)
  file(READ "${archive}" hex HEX)
  file(REMOVE "${archive}")
  # The extra fields of each file: three times, of which that of the last change
  # is the one above, and whose it is.
  string(REPEAT "[0-9a-f]" 8 number)
  string(REPEAT 0 8 none)
  string(REGEX REPLACE
    "55540d0007${number}${number}${number}75780b000104${number}04${number}"
    "55540d0007${none}${none}${none}75780b000104${none}04${none}"
    hex "${hex}")
  # Sixteen bytes a line.
  string(REGEX REPLACE "(................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(${result} "${bytes}" PARENT_SCOPE)
endfunction()
