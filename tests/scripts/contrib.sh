#!/usr/bin/env bash
# Is what lies in contrib/ readable, complete and harmless?
#
# Without Ansible, which ansible.sh runs with --full: YAML is parsed by PyYAML, each
# variable that the role reads has a default and each default a reader, options of
# iisdiag are options that it has. PowerShell is parsed by tree-sitter; the script
# uses no alias, takes no password in clear text, and its help names each
# parameter. No PowerShell ran it. contrib.py proves that it can fail.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

modules=$root/build/node/node_modules
if [[ ! -d $modules/web-tree-sitter ]]; then
  printf 'contrib.sh: no %s/web-tree-sitter: scripts/test makes it\n' \
    "$modules" >&2
  exit 1
fi
# Debian's own Python is the one that python3-yaml was installed for.
python=/usr/bin/python3
[[ -x $python ]] || python=python3
exec "$python" "$root/tests/scripts/contrib.py" \
  "$root" "$modules" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag"
