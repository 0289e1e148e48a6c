#!/usr/bin/env bash
# Does every JSON report keep what docs/iisdiag-report.schema.json promises, and
# what is collected the schemas of a snapshot and a manifest?
#
# Runs the program over every demo and every scenario, and has the reports
# judged by a validator that is not ours: schema.py.
# ctest: LABELS end_to_end TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

# Debian's own Python is the one that python3-jsonschema was installed for.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

exec "$python" "$root/tests/scripts/schema.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
