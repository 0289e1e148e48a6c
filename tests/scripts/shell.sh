#!/usr/bin/env bash
# Does shellcheck find nothing in any shell script?
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd -- "$root"

# -x follows what is sourced; the paths in `source=` count from here. A few at a
# time: with all of them at once shellcheck takes minutes.
printf '%s\0' scripts/* .ci/run tests/scripts/*.sh tests/windows/*.sh |
  xargs -0 -n 4 -P "$(nproc)" shellcheck -x
