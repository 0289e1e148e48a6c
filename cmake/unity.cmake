# iisdiag_unity(TARGET KIND): compiles the target in few, large translation
# units where IISDIAG_UNITY says so. KIND is all (a room) or tests.
#
# For the trees that the scripts make: from nothing it takes half of the time,
# after a change of one file more, and the Windows programs are smaller by 240
# KB. The presets, for those who work in a tree, compile file by file.
set(IISDIAG_UNITY "" CACHE STRING
  "Compile several files at a time, with Python 3: all, tests or nothing")

# A variable may be called what another file calls a constant. A library, whose
# options stand behind those of iisdiag_flags.
add_library(iisdiag_unity_flags INTERFACE)
target_compile_options(iisdiag_unity_flags INTERFACE
  $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-Wno-shadow>)

function(iisdiag_unity target kind)
  if(NOT IISDIAG_UNITY MATCHES "^(all|${kind})$")
    return()
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/cmake/unity.py")
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  get_target_property(files ${target} SOURCES)
  list(FILTER files INCLUDE REGEX "\\.cpp$")
  list(TRANSFORM files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/"
    REGEX "^[^/]")
  # What is generated has no unit: it is not there yet.
  list(FILTER files INCLUDE REGEX "^${PROJECT_SOURCE_DIR}/(src|tests)/")
  execute_process(
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/unity.py"
      ${files}
    OUTPUT_VARIABLE units OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  foreach(file unit IN ZIP_LISTS files units)
    set_source_files_properties("${file}" TARGET_DIRECTORY ${target}
      PROPERTIES UNITY_GROUP ${unit})
  endforeach()
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  target_link_libraries(${target} PRIVATE iisdiag_unity_flags)
endfunction()
