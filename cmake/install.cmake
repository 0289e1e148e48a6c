# cmake --install: the program, its documents in a folder where the links between
# them hold, and where there are such, manual page and completions.
include(GNUInstallDirs)

install(TARGETS iisdiag RUNTIME)
install(FILES LICENSE README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md
  TYPE DOC)
install(DIRECTORY docs contrib TYPE DOC)

if(TARGET pages)
  install(FILES "${man_page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${bash_completion}"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${zsh_completion}"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  install(FILES "${fish_completion}"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()
