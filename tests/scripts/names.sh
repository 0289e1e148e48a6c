#!/usr/bin/env bash
# Is any file of the tree bound to the machine it was written on, or marked as
# unfinished?
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"

# Each pattern is written so that it does not match its own text.
machine_paths='(^|[^.A-Za-z0-9_])/(work|farm|root)[/]'
registries='(deb|registry)[.][a-z]+[.](org|com)'
unfinished='TOD[O]|FIXM[E]|XX[X]'

# Fails with the lines that offend in the files named on standard input.
search() {
  ! xargs -0 -r grep -HnIE "$machine_paths|$registries|$unfinished"
}

# A test that cannot fail proves nothing: one offence of each kind first.
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
for text in 'path=/wo''rk/x' ' "/ro''ot/x"' 'deb.''debian.org' 'TO''DO: later' \
  'FIX''ME' 'XX''X'; do
  printf '%s\n' "$text" >"$scratch/file"
  if printf '%s\0' "$scratch/file" | search >/dev/null; then
    printf 'names.sh does not find: %s\n' "$text" >&2
    exit 1
  fi
done

cd -- "$root"
if ! tree_files | search; then
  printf 'These lines name a machine or leave something unfinished.\n' >&2
  exit 1
fi
