#!/usr/bin/env bash
# Does the HTML report keep what it promises, in a browser?
#
# Nothing is loaded and no script but its own runs, it can be read in light and
# in dark, on a telephone, on paper, with a keyboard, by a screen reader (axe)
# and without scripts, and its buttons copy: tests/node/html.mjs.
# ctest: LABELS end_to_end TIMEOUT 600
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

node=$root/build/node
if ! command -v node >/dev/null || ! command -v chromium >/dev/null ||
  [[ ! -d $node/node_modules/playwright-core ]]; then
  printf 'html.sh: no Node.js, Chromium or build/node: scripts/test %s\n' \
    'prepares them' >&2
  exit 1
fi

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
node "$root/tests/node/html.mjs" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag" "$node" "$scratch"
