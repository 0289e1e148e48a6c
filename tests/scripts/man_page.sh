#!/usr/bin/env bash
# Is the manual page sound, and does it hold all that the program takes?
#
# mandoc and groff find nothing to say about it, and what they show names every
# command, option, value and exit code that the program itself lists. Proves
# first that it can fail.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=${IISDIAG_BUILD_DIR:-$root/build}
page=$build/share/man/man1/iisdiag.1

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# lint FILE: what is wrong with it.
lint() {
  mandoc -Tlint "$1" || true
  if command -v groff >/dev/null; then
    groff -mdoc -Tutf8 -ww -z "$1" 2>&1
  fi
}

# All that the page has to name, one a line.
wanted() {
  local command topic
  "$build/iisdiag" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
  for command in check collect merge; do
    # Only the column of names: descriptions name options, too.
    "$build/iisdiag" "$command" --help | sed -n 's/^ *\(-.*\)/\1/p' |
      sed 's/  .*//' | grep -oE -- '(^|[ ,])-[a-zA-Z?-]+' | tr -d ' ,'
  done
  for topic in checks formats demos; do
    "$build/iisdiag" list "$topic" | sed 's/ .*//'
  done
  "$build/iisdiag" list --help | sed -n 's/^Topics: *//p' | tr ',' '\n' |
    tr -d ' '
  "$build/iisdiag" list codes
  printf '%s\n' --version NO_COLOR TERM nt3.51 2012r2 2025 8.5 10.0 always dc
}

# missing FILE: prints what of it the page does not show. In one line, because
# words are broken at hyphens.
missing() {
  local shown word
  shown=" $(mandoc -Tascii -O width=70 "$1" | sed 's/.\x08//g' | tr -s ' \n' ' ') "
  shown=${shown//- /-}
  while IFS= read -r word; do
    word=$(tr -s ' ' <<<"$word")
    # The first letter of a sentence is large, and codes have no full stop.
    grep -qiE -- "(^|[ [,|])${word//[?.()]/.}([] ,.=[|]|$)" <<<"$shown" ||
      printf 'the page does not show: %s\n' "$word"
  done
}

wanted >"$scratch/wanted"
(($(wc -l <"$scratch/wanted") > 60))

sed 's/Fl -no-logon/Fl -no-logo/' "$page" >"$scratch/faulty.1"
if [[ $(missing "$scratch/faulty.1" <"$scratch/wanted") != *--no-logon* ]]; then
  printf 'man_page.sh does not miss an option\n' >&2
  exit 1
fi
sed 's/^\.El$/.Ell/' "$page" >"$scratch/faulty.1"
if [[ -z $(lint "$scratch/faulty.1") ]]; then
  printf 'man_page.sh accepts a macro that there is not\n' >&2
  exit 1
fi

found=$(lint "$page" && missing "$page" <"$scratch/wanted")
if [[ -n $found ]]; then
  printf '%s\n' "$found" >&2
  exit 1
fi
