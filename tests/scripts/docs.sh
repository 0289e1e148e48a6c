#!/usr/bin/env bash
# Is the documentation what the program does?
#
# Every check, finding (with its severities), evidence format, output format,
# exit code, option and topic that the program names is documented, and nothing
# else is; links and anchors lead somewhere; articles and options that pages
# name exist; the table of rooms is that of includes.sh, the bounds are those
# of the source; and the ```console examples print what the pages show. Proves
# then on copies with a fault each that it can fail: docs.py.
# ctest: LABELS lint TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

exec python3 "$root/tests/scripts/docs.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
