#!/usr/bin/env bash
# Do bash, zsh and fish complete what the program takes?
#
# Each shell itself is asked, with the file that the build has made, and the
# whole list of what it offers is compared: completions.py. bash is also typed
# at, through a terminal.
# ctest: LABELS end_to_end TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=${IISDIAG_BUILD_DIR:-$root/build}

shellcheck --shell=bash "$build/share/bash-completion/completions/iisdiag"
exec python3 "$root/tests/scripts/completions.py" "$root" "$build"
