#!/usr/bin/env bash
# Are docs/findings/ and docs/uncertain.md what the tables say?
#
# Every page is made anew and compared byte by byte; a page of a finding that
# does not exist fails as well. Proves first that it can fail.
# To mend: cmake --build build --target findings-pages
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=${IISDIAG_BUILD_DIR:-$root/build}/tests/iisdiag_findings_pages

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
mkdir -- "$scratch/made" "$scratch/faulty"
"$program" "$scratch/made" "$scratch/uncertain.md"

# expect_difference FAULT: the pages with a fault are told from those without.
expect_difference() {
  if diff -rq -- "$scratch/made" "$scratch/faulty" >/dev/null; then
    printf 'findings.sh does not find: %s\n' "$1" >&2
    exit 1
  fi
  rm -rf -- "$scratch/faulty"
  cp -r -- "$scratch/made" "$scratch/faulty"
}
expect_difference 'no pages at all'
printf '# no-such-finding\n' >"$scratch/faulty/no-such-finding.md"
expect_difference 'a page of no finding'
printf '\n' >>"$scratch/faulty/audit-full.md"
expect_difference 'a page with a line more'

# The program itself takes away pages of findings that are no more.
printf '# no-such-finding\n' >"$scratch/faulty/no-such-finding.md"
"$program" "$scratch/faulty" "$scratch/again.md"
diff -rq -- "$scratch/made" "$scratch/faulty"

if ! diff -ru -- "$root/docs/findings" "$scratch/made" ||
  ! diff -u -- "$root/docs/uncertain.md" "$scratch/uncertain.md"; then
  printf 'docs/findings/ or docs/uncertain.md is not what the program says. To mend it:\n' >&2
  printf '    cmake --build build --target findings-pages\n' >&2
  exit 1
fi

# Lines of prose are no longer than 99; commands and tables may be.
if awk '/```/ { code = !code } !code && !/^\|/ && length > 99 {
          print FILENAME ":" FNR ": " $0; bad = 1 } END { exit !bad }' \
  "$root"/docs/findings/*.md "$root/docs/uncertain.md"; then
  printf 'Lines of prose are longer than 99 columns.\n' >&2
  exit 1
fi
