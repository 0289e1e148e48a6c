#!/usr/bin/env bash
# imports.sh OBJDUMP PROGRAM LIST
#
# Does PROGRAM import only what LIST allows? Windows does not start a program
# of which it lacks one import, and Wine cannot show that: it has them all. So
# the claim on which Windows the program starts is kept by this list.
#
# A line of LIST is `DLL NAME`, or `subsystem NUMBER`: the oldest Windows that
# the loader lets the program run on. Empty lines and those with # are comments.
# Proves first that it can fail.
set -euo pipefail
objdump=$1
program=$2
list=$3

allowed() { sed '/^#/d;/^ *$/d' "$1" | sort -u; }

"$objdump" -p "$program" >/dev/null
imported() {
  "$objdump" -p "$program" | awk '
    /^MajorSubsystemVersion/ { major = $2 }
    /^MinorSubsystemVersion/ { print "subsystem", major "." $2 }
    /^\tDLL Name:/ { dll = $3 }
    dll != "" && /^\t[0-9a-f]+\t/ { print dll, $NF }' | sort -u
}

# What is imported and not in the list of the file.
beyond() { comm -23 <(imported) <(allowed "$1"); }

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
for name in 'subsystem ' 'KERNEL32.dll CloseHandle' 'msvcrt.dll malloc'; do
  grep -v "^$name" "$list" >"$scratch/list"
  if ! grep -q "^$name" <(beyond "$scratch/list"); then
    printf 'imports.sh does not miss: %s\n' "$name" >&2
    exit 1
  fi
done

if [[ -n $(beyond "$list") ]]; then
  printf '%s imports what %s does not allow:\n' "$program" "$list" >&2
  beyond "$list" >&2
  exit 1
fi
