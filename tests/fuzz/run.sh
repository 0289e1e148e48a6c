#!/usr/bin/env bash
# tests/fuzz/run.sh [SECONDS [FORMAT...]]: fuzzes the reader of each format of
# evidence, or of those that are named, for so many seconds each (default 10).
# Seeds are the scenarios, and the real files below IISDIAG_CORPUS. Ends by
# itself; exit 1 where an input made a reader fail, which is then kept in
# build-fuzz/ with the name that libFuzzer prints.
#
# Needs clang++ with its fuzzer library.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
seconds=${1:-10}
shift || true
tree=$root/build-fuzz
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

CXX=clang++ cmake -S "$root" -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  --compile-no-warning-as-error -DIISDIAG_FUZZ=ON -DIISDIAG_TESTS=OFF \
  >"$scratch/configure.log" ||
  { cat -- "$scratch/configure.log"; exit 1; }
cmake --build "$tree" --target fuzz >"$scratch/build.log" ||
  { tail -n 40 -- "$scratch/build.log"; exit 1; }

# Many small files: what is long teaches a fuzzer little.
mkdir -- "$scratch/seeds"
number=0
while IFS= read -r -d '' file; do
  number=$((number + 1))
  head -c 131072 -- "$file" >"$scratch/seeds/$number"
done < <(find "$root/tests/scenarios" ${IISDIAG_CORPUS:+"$IISDIAG_CORPUS"} \
  -type f ! -name '*.cpp' ! -name '*.hpp' ! -name scenario.json -print0)

formats=("$@")
if ((${#formats[@]} == 0)); then
  for target in "$tree"/fuzz_*; do
    [[ -x $target ]] && formats+=("${target##*/fuzz_}")
  done
fi
failed=0
for format in "${formats[@]}"; do
  mkdir -- "$scratch/found-$format"
  if (cd -- "$tree" && "./fuzz_$format" -max_total_time="$seconds" \
    -rss_limit_mb=2048 -timeout=20 -max_len=131072 -print_final_stats=1 \
    "$scratch/found-$format" "$scratch/seeds") >"$scratch/log" 2>&1; then
    printf '%s: %s inputs\n' "$format" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/log")"
  else
    printf '%s: FAILED\n' "$format"
    tail -n 40 -- "$scratch/log"
    failed=1
  fi
done
exit "$failed"
