#!/usr/bin/env bash
# Are the scripts of `iisdiag collect --script` what they say of themselves?
#
# Each is pure ASCII with the line ends of Windows, calls nothing but what is
# on board of its Windows, by full path, writes nothing but its folder, and
# changes nothing; the one for NT 4.0 uses no word that its cmd.exe lacks. It
# proves on copies with a fault each that it can fail.
# ctest: LABELS lint TIMEOUT 60
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=${IISDIAG_BUILD_DIR:-$root/build}/iisdiag

exec python3 "$root/tests/scripts/collect.py" "$program"
