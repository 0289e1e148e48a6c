# The tests of what works with threads, the readers of logs, under the thread
# sanitizer: those that ask for several threads themselves, and those that give
# a reader what it shares among as many as there are; and the one place where
# whole servers are shared among threads. Nothing but the room evidence is built
# for them.
set(sources
  evidence/event_damage_test.cpp
  evidence/evt_test.cpp
  evidence/evtx_test.cpp
  evidence/line_log_test.cpp
  evidence/parallel_test.cpp
  evidence/w3c_large_test.cpp
  evidence/w3c_random_test.cpp
  evidence/w3c_test.cpp
  fleet/in_order_test.cpp)
file(GLOB helpers CONFIGURE_DEPENDS
  evidence/describe*.cpp evidence/*_reading.cpp evidence/reading.cpp
  evidence/*_reference*.cpp support/evt*.cpp)

add_executable(iisdiag_threads_test ${sources} ${helpers})
target_link_libraries(iisdiag_threads_test PRIVATE
  iisdiag_flags iisdiag_evidence GTest::gtest GTest::gtest_main
  pugixml::pugixml minizip::minizip)  # zlib
target_include_directories(iisdiag_threads_test PRIVATE
  "${CMAKE_CURRENT_SOURCE_DIR}")
target_compile_definitions(iisdiag_threads_test PRIVATE
  "IISDIAG_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
iisdiag_own_target(iisdiag_threads_test)
add_test(NAME threads.evidence COMMAND iisdiag_threads_test)
set_tests_properties(threads.evidence PROPERTIES
  LABELS unit
  TIMEOUT 3600
  ENVIRONMENT "GTEST_BRIEF=1;TSAN_OPTIONS=halt_on_error=1")
