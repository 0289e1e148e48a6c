# The manual page and the completions, made by a tool of their own (src/pages)
# from the tables of the program. Not for Windows, which has no use for them.
if(WIN32 OR CMAKE_CROSSCOMPILING)
  return()
endif()

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/pages/*.cpp")
add_executable(iisdiag_pages ${sources})
target_link_libraries(iisdiag_pages PRIVATE iisdiag_flags iisdiag_cli)
iisdiag_own_target(iisdiag_pages)

# Below build/share as below the prefix that they are installed to.
set(IISDIAG_SHARE "${PROJECT_BINARY_DIR}/share")
set(man_page "${IISDIAG_SHARE}/man/man1/iisdiag.1")
set(bash_completion "${IISDIAG_SHARE}/bash-completion/completions/iisdiag")
set(zsh_completion "${IISDIAG_SHARE}/zsh/site-functions/_iisdiag")
set(fish_completion
  "${IISDIAG_SHARE}/fish/vendor_completions.d/iisdiag.fish")
add_custom_command(
  OUTPUT
    "${man_page}" "${bash_completion}" "${zsh_completion}" "${fish_completion}"
  COMMAND iisdiag_pages "${IISDIAG_SHARE}" "${IISDIAG_DATE}"
  DEPENDS iisdiag_pages
  COMMENT "Writing the manual page and the completions"
  VERBATIM)
add_custom_target(pages ALL DEPENDS
  "${man_page}" "${bash_completion}" "${zsh_completion}" "${fish_completion}")
