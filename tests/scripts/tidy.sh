#!/usr/bin/env bash
# Does clang-tidy find nothing in src/? (.clang-tidy says what it looks for.)
#
# Needs build trees that are up to date. What was clean once is not looked at
# again until it, a header it includes or the rules change: tidy.py.
# ctest: LABELS lint PROCESSORS 2 TIMEOUT 1200
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

# Files for Windows too, where their trees are: scripts/test makes them.
trees=("${IISDIAG_BUILD_DIR:-$root/build}")
if [[ -f $root/build-win64/build.ninja && -f $root/build-win32/build.ninja ]]; then
  trees+=("$root/build-win64" "$root/build-win32")
fi
exec python3 "$root/tests/scripts/tidy.py" "$root" "${trees[@]}"
