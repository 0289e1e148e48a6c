#!/usr/bin/env bash
# tests/bench/logs.sh [MEGABYTES]: the reader of W3C logs beside ripgrep and
# mawk on the same files, in one run. Takes that much room below TMPDIR, and
# gives it back. No test: the figures depend on the machine.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
bench=$root/tests/bench
megabytes=${1:-1000}
reader=${IISDIAG_READ_LOG:-$root/build/tests/iisdiag_read_log}
[[ -x $reader ]] || cmake --build "$root/build" --target iisdiag_read_log
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# Wall-clock and processor time of the best of five runs, in ms.
best() {
  python3 - "$@" <<'PYTHON'
import os
import subprocess
import sys
import time

best = (1e9, 0)
for _ in range(5):
    before = os.times()
    begin = time.monotonic()
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - begin
    after = os.times()
    busy = (after.children_user + after.children_system
            - before.children_user - before.children_system)
    best = min(best, (wall, busy))
print(f"{best[0] * 1000:.0f} ({best[1] * 1000:.0f})")
PYTHON
}

printf 'Load before: %s\n\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
printf '| %s MB, 401 of 1,000 rows | what | time, ms (of processors) |\n' \
  "$megabytes"
printf '|---|---|---|\n'
for refused in 1 500; do
  log=$scratch/$refused.log
  python3 "$bench/make_log.py" "$megabytes" "$refused" >"$log"
  cat -- "$log" >/dev/null
  row() { printf '| %s | %s | %s |\n' "$refused" "$1" "$2"; }
  for threads in 1 2; do
    row "reader, $threads threads" \
      "$(best "$reader" --repeat 1 --threads "$threads" "$log")"
    row "reader, $threads threads, pieces of 4 MiB" \
      "$(best "$reader" --repeat 1 --threads "$threads" --pieces 4 "$log")"
  done
  if command -v rg >/dev/null; then
    row 'rg -c " 401 1 "' "$(best rg -c ' 401 1 ' "$log")"
  fi
  row 'wc -l' "$(best wc -l "$log")"
  if command -v mawk >/dev/null; then
    # Site, three names of the path, user, status: what the reader groups by.
    row mawk "$(best mawk '$13 == 401 {
        split($6, name, "/")
        rows[$3 " " name[2] "/" name[3] " " $9 " " $14 " " $15]++
      } END { for (row in rows) print rows[row], row }' "$log")"
  fi
  "$reader" --repeat 1 "$log"
  rm -- "$log"
done
printf '\nLoad after: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
