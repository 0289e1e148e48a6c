#!/usr/bin/env bash
# hardening.sh [PROGRAM...]: are programs for Linux hard to attack?
#
# Read from the programs, the one of the build tree if none is named: at another
# address with every start (PIE), a stack that cannot be run, tables of the
# linker that cannot be written (RELRO, all of it), and calls of the stack
# protector and of the checked functions of the C library. Those calls are
# looked for in our own libraries, too, for libraries of Debian have them
# anyway. Proves first that it can fail.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=${IISDIAG_BUILD_DIR:-$root/build}

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# Calls of what -fstack-protector and _FORTIFY_SOURCE put in, in a list of
# symbols on standard input.
lacks_calls() {
  local symbols
  symbols=$(cat)
  grep -qE '\b__stack_chk_fail\b' <<<"$symbols" ||
    printf 'it does not protect its stack\n'
  grep -qE '\b__[a-z]+_chk\b' <<<"$symbols" ||
    printf 'it calls no checked function of the C library\n'
}

# complaints PROGRAM: what is wrong with it, a line each.
complaints() {
  local headers dynamic symbols
  headers=$(readelf -hlW -- "$1")
  dynamic=$(readelf -dW -- "$1")
  symbols=$(readelf -sW -- "$1")
  grep -q 'Type: *DYN' <<<"$headers" && grep -q 'FLAGS_1.*PIE' <<<"$dynamic" ||
    printf 'it has a fixed address\n'
  grep -qE 'GNU_STACK .* RW +0x' <<<"$headers" ||
    printf 'its stack can be run\n'
  if grep -qE ' RWE +0x' <<<"$headers"; then
    printf 'some of it can be written and run\n'
  fi
  grep -q GNU_RELRO <<<"$headers" || printf 'it has no RELRO\n'
  grep -qE 'BIND_NOW|FLAGS_1.*\bNOW\b' <<<"$dynamic" ||
    printf 'it binds its functions late\n'
  # A static program without symbols names none.
  if grep -q ' FUNC ' <<<"$symbols"; then
    lacks_calls <<<"$symbols"
  fi
}

cat >"$scratch/sample.c" <<'END'
#include <stdio.h>
#include <string.h>
int main(int count, char **values) {
  char text[16];
  strcpy(text, values[count - 1]);
  return puts(text);
}
END
# sample FLAG...: a program with everything, but for what the flags undo.
sample() {
  gcc -w -O2 -fPIE -pie -fstack-protector-strong -U_FORTIFY_SOURCE \
    -D_FORTIFY_SOURCE=2 -Wl,-z,relro,-z,now,-z,noexecstack "$@" \
    "$scratch/sample.c" -o "$scratch/sample"
}

# expect TEXT FLAG...
expect() {
  local wanted=$1 found
  shift
  sample "$@"
  found=$(complaints "$scratch/sample")
  if [[ $found != "$wanted" ]]; then
    printf 'hardening.sh says of %s: %s\n' "$*" "$found" >&2
    exit 1
  fi
}
expect ''
expect 'it has a fixed address' -fno-pie -no-pie
expect $'its stack can be run\nsome of it can be written and run' \
  -Wl,-z,execstack
expect 'it binds its functions late' -Wl,-z,lazy
expect 'it has no RELRO' -Wl,-z,norelro
expect 'it does not protect its stack' -fno-stack-protector
expect 'it calls no checked function of the C library' -U_FORTIFY_SOURCE

bad=0
for program in "${@:-$build/iisdiag}"; do
  found=$(complaints "$program")
  if [[ -n $found ]]; then
    printf '%s: %s\n' "$program" "$found" >&2
    bad=1
  fi
done
if (($# == 0)); then
  units=0
  for room in "$build"/libiisdiag_*.a; do
    units=$((units + $(ar t "$room" | wc -l)))
    nm --undefined-only -- "$room"
  done >"$scratch/own" 2>"$scratch/empty"
  found=$(lacks_calls <"$scratch/own")
  # Most of our files have a buffer somewhere, or lead to code that has: more
  # than a fifth of what is compiled, be it one file at a time or several.
  guarded=$(grep -c __stack_chk_fail "$scratch/own" || true)
  if [[ -n $found ]] || ((guarded * 5 <= units)); then
    printf 'our own libraries: %s\n' "${found:-few protect their stack}" >&2
    bad=1
  fi
fi
exit "$bad"
