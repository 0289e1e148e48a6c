#!/usr/bin/env bash
# Do readers that are not ours understand the reports for programs and tickets
# as they are meant? xmllint with the schemas of JUnit's XML, a TAP 14 parser, a
# Markdown parser: reports.py.
# ctest: LABELS end_to_end TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

modules=$root/build/node/node_modules
if [[ ! -d $modules/tap-parser ]]; then
  printf 'reports.sh: no %s: scripts/test makes it\n' "$modules" >&2
  exit 1
fi
exec python3 "$root/tests/scripts/reports.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag" "$modules"
