#!/usr/bin/env bash
# Are the examples of docs/json.md what the program prints, and does a report
# hang on nothing but the evidence?
#
# The six reports of docs/examples/, and what the page shows of them, are made
# anew and compared; then every demo and scenario, and all of them at once, are
# checked twice, with another time, time zone, language and folder, and the
# reports have to be the same but for checked_at: json_examples.py.
# To mend the examples: IISDIAG_WRITE_DOCS=1 tests/scripts/json_examples.sh
# ctest: LABELS end_to_end TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=$(cd -- "${IISDIAG_BUILD_DIR:-$root/build}" && pwd -P)

exec python3 "$root/tests/scripts/json_examples.py" "$root" "$build/iisdiag"
