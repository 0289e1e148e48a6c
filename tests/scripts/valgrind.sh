#!/usr/bin/env bash
# Does the program touch no memory that is not its own or has no value yet, and
# does it lose none? The plain program under valgrind, on the evidence of every
# scenario, with every report: valgrind.py. Minutes, and so only with
# IISDIAG_FULL=1 (scripts/test --full).
# ctest: LABELS end_to_end TIMEOUT 7200 SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

if [[ ${IISDIAG_FULL-} != 1 ]]; then
  printf 'valgrind.sh: skipped: scripts/test --full runs it\n'
  exit 77
fi
exec python3 "$root/tests/scripts/valgrind.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
