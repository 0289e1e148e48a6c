#!/usr/bin/env bash
# Does `check` leave everything as it is? Its system calls are looked at, and it
# runs on a file system that takes no writing: harmless.py.
# ctest: LABELS end_to_end TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
exec python3 "$root/tests/scripts/harmless.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
