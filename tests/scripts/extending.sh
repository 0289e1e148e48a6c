#!/usr/bin/env bash
# Does the recipe of docs/extending.md work? Follows it in a scratch copy of the
# tree, by the letter: writes its files, adds its lines, builds, and compares
# what its commands print with what the page says they print.
#
# Compiled is only what the recipe touches, and linked with the libraries of the
# tree's own build; with IISDIAG_FULL=1 (scripts/test --full) the copy is built
# as a whole, which takes minutes and shows that no build file has to be changed.
#
# What it understands on the page are fenced code blocks (indented ones, too):
#
#   // file: src/evidence/example.cpp
#       as first line: the rest of the block is written to that new file.
#   // add to: src/evidence/formats.def
#       as first line: the rest of the block is appended to that existing file.
#   Both also as `# file: ...` or `; file: ...`; the marker itself is not
#   written, so that sample evidence needs no comment syntax.
#
#   ```sh
#   $ scripts/iisdiag list evidence
#   ...
#   example     what it is
#   ...
#   ```
#       each line after `$ ` is run by bash in the copy; the lines below it are
#       what it has to print (standard output and standard error), compared
#       literally. A line `...` stands for any lines or none. A command with
#       nothing below it has to succeed. Commands may call scripts/iisdiag,
#       build/iisdiag or iisdiag.
#
# Any other block is for readers only. The page has to add a file and a line to
# src/evidence as well as to src/checks, and has to call `list evidence`,
# `list checks` and `check`.
# ctest: LABELS end_to_end PROCESSORS 2 TIMEOUT 1200
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
tree=$scratch/tree
mkdir -- "$tree"
tree_files | tar -C "$root" --null -T - -cf - | tar -C "$tree" -xf -

python3 "$root/tests/scripts/extending.py" write \
  "$root/docs/extending.md" "$tree"
# What the recipe adds keeps the rules of the house.
bash "$root/tests/scripts/includes.sh" "$tree"
if [[ ${IISDIAG_FULL-} == 1 ]]; then
  # The first call builds the whole copy.
  give_ccache_a_home
  "$tree/scripts/iisdiag" --version
else
  python3 "$root/tests/scripts/extending_quick.py" \
    "$root" "${IISDIAG_BUILD_DIR:-$root/build}" "$tree"
fi
python3 "$root/tests/scripts/extending.py" run \
  "$root/docs/extending.md" "$tree"
