#!/usr/bin/env bash
# Does no fuzz target fail within 20 seconds each? Minutes, and so only with
# IISDIAG_FULL=1 (scripts/test --full). It takes all cores itself.
# ctest: LABELS end_to_end TIMEOUT 7200 RUN_SERIAL TRUE SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

if [[ ${IISDIAG_FULL-} != 1 ]]; then
  printf 'fuzz.sh: skipped: scripts/test --full runs it\n'
  exit 77
fi
exec "$root/scripts/fuzz" 20
