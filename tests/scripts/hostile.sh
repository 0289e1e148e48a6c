#!/usr/bin/env bash
# Files that strangers made to harm: hostile.py.
# ctest: LABELS end_to_end TIMEOUT 600
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
exec python3 "$root/tests/scripts/hostile.py" \
  "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
