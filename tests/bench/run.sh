#!/usr/bin/env bash
# tests/bench/run.sh: measures iisdiag and prints what docs/performance.md
# holds. No test: the figures depend on the machine, which should be quiet.
#
# Medians of many runs of the current native build (scripts/iisdiag builds it).
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
bench=$root/tests/bench
cd -- "$root"

"$root/scripts/iisdiag" --version >/dev/null
program=$root/build/iisdiag
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

measure() { python3 "$bench/measure.py" "$@"; }
row() { printf '| %s | %s | %s | %s |\n' "$@"; }

printf 'Date: %s\n' "$(date -u +%Y-%m-%d)"
printf 'Commit: %s\n' "$(git -C "$root" rev-parse --short HEAD 2>/dev/null ||
  echo unknown)"
printf 'Machine: %s, %s cores, %s MiB\n' \
  "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
  "$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024))"
printf 'System: %s, Linux %s\n' \
  "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" "$(uname -r)"
printf 'Compiler: %s, RelWithDebInfo\n' "$("${CXX:-g++}" --version | head -n 1)"
printf 'Load before: %s\n\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"

row 'what' 'time, ms' 'memory, MiB' 'target'
row --- --- --- ---

worst=0 name='' memory=0
scenarios=(tests/scenarios/*/evidence)
for evidence in "${scenarios[@]}"; do
  read -r ms mib < <(measure 21 "$program" check "$evidence")
  if [[ ${ms/./} -gt ${worst/./} ]]; then
    worst=$ms name=$(basename -- "$(dirname -- "$evidence")")
  fi
  ((mib <= memory)) || memory=$mib
done
row "one captured server, the slowest scenario ($name)" "$worst" '' '10 ms'
row "one captured server, the most memory of ${#scenarios[@]} scenarios" '' \
  "$memory" '50 MiB'

# A process for each of 1,000 servers, two at a time: the scenarios under other
# names.
servers=$scratch/servers
mkdir -- "$servers"
for ((i = 0; i < 1000; i++)); do
  printf -v server '%s/WEB%04d' "$servers" "$i"
  cp -r -- "${scenarios[i % ${#scenarios[@]}]}" "$server"
done
check_all() {
  printf '%s\0' "$servers"/* |
    xargs -0 -n 1 -P 2 "$program" check >/dev/null 2>"$scratch/errors" ||
    (($? == 123)) || return  # 123: some of them found something
  [[ ! -s $scratch/errors ]] || {
    head -n 3 -- "$scratch/errors" >&2
    return 1
  }
}
check_all  # the first time warms the caches
started=$EPOCHREALTIME
check_all
ended=$EPOCHREALTIME
row '1,000 captured servers, a process each, two at a time' \
  "$(((${ended/[.,]/} - ${started/[.,]/}) / 1000))" '' '10,000 ms'
rm -rf -- "$servers"

for sites in 1250 2500 5000 10000; do
  file=$scratch/$sites/applicationHost.config
  mkdir -p -- "$scratch/$sites"
  python3 "$bench/make_apphost.py" "$sites" >"$file"
  size=$(($(stat -c %s -- "$file") / 1000000))
  target=
  ((sites != 5000)) || target='300 ms, 200 MiB'
  read -r ms mib < <(measure 9 "$program" check "$file")
  row "$sites sites, $size MB, text" "$ms" "$mib" "$target"
  if ((sites == 5000)); then
    read -r ms mib < <(measure 9 "$program" check --format json "$file")
    row "$sites sites, $size MB, json" "$ms" "$mib" "$target"
  fi
done

read -r direct _ < <(measure 21 "$program" --version)
read -r launched _ < <(measure 21 "$root/scripts/iisdiag" --version)
row 'build/iisdiag --version' "$direct" '' ''
row 'scripts/iisdiag --version, nothing to build' "$launched" '' \
  '200 ms more'

# Above 1 something else was running meanwhile, and the figures say too much.
printf '\nLoad after: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
