#!/usr/bin/env bash
# tests/bench/fleet.sh [SERVERS]: `check --each` over so many collected servers
# (default 10000), made from the scenarios; beside it as many processes of their
# own, run by GNU parallel. Takes room below TMPDIR, and gives it back. No test:
# the figures depend on the machine.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"
servers=${1:-10000}
program=${IISDIAG_PROGRAM:-$root/build/iisdiag}
install_packages parallel time
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

python3 "$root/tests/bench/make_fleet.py" \
  "$root/tests/scenarios" "$scratch" "$servers" >"$scratch/list"
# Once, so that all of it is in memory for everybody.
find "$scratch" -type f -exec cat -- {} + >/dev/null

# row WHAT COMMAND...: the best of three runs.
row() {
  local what=$1 try wall user sys memory best=
  shift
  for try in 1 2 3; do
    /usr/bin/time -q -f '%e %U %S %M' -o "$scratch/time" "$@" \
      >"$scratch/out" 2>/dev/null || true
    read -r wall user sys memory <"$scratch/time"
    if [[ -z $best ]] || awk "BEGIN { exit !($wall < ${best%% *}) }"; then
      best="$wall $user $sys $memory"
    fi
  done
  read -r wall user sys memory <<<"$best"
  printf '| %s | %s | %s | %s | %s |\n' "$what" "$wall" \
    "$(awk "BEGIN { print $user + $sys }")" "$((memory / 1024))" \
    "$(($(stat -c %s "$scratch/out") / 1000))"
}

printf 'Load before: %s; %s servers, %s MB\n\n' \
  "$(cut -d ' ' -f 1-3 /proc/loadavg)" "$servers" \
  "$(du -sm "$scratch" | cut -f 1)"
printf '| what | s | processor, s | MB | output, KB |\n|---|---|---|---|---|\n'
for count in 100 1000 "$servers"; do
  ((count <= servers)) || continue
  head -n "$count" "$scratch/list" >"$scratch/some"
  row "jsonl, $count servers" "$program" check --each "@$scratch/some" -f jsonl
done
for format in text json junit html markdown; do
  row "$format, $servers servers" \
    "$program" check --each "@$scratch/list" -f "$format"
done
row "text, one processor, $servers servers" \
  taskset 1 "$program" check --each "@$scratch/list"
"$program" check --each "@$scratch/list" -f jsonl >"$scratch/lines" || true
row "merge of these lines, text" "$program" merge "$scratch/lines"
row "GNU parallel, $servers processes" \
  parallel --will-cite -j "$(nproc)" -a "$scratch/list" \
  "$program" check -f json {}
