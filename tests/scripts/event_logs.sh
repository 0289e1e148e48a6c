#!/usr/bin/env bash
# Do real event logs have the records that evtxexport and evtexport find in
# them: how many, of which time, and of each event that tells of a logon?
#
# Of a damaged log we may find more than they do, and never less. Without a
# folder of real files ($IISDIAG_CORPUS) nothing is compared.
# ctest: LABELS end_to_end TIMEOUT 300 SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=${IISDIAG_BUILD_DIR:-$root/build}/tests/iisdiag_event_log_bench
corpus=${IISDIAG_CORPUS:-$root/../shared/corpus}
if [[ ! -d $corpus ]]; then
  printf 'event_logs.sh: there is no folder of real files\n'
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# exported FILE: what the other program says, as `list` of ours does.
exported() {
  local tool=evtxexport
  [[ ${1,,} == *.evtx ]] || tool=evtexport
  "$tool" "$1" 2>/dev/null | python3 "$root/tests/scripts/event_logs.py" export
}

# agree OURS THEIRS
agree() { python3 "$root/tests/scripts/event_logs.py" compare "$1" "$2"; }

# Proves first that it can fail.
printf 'whole 3 10 30\n6005 2 10 20\n' >"$scratch/ours"
for theirs in 'x 4 10 30\n6005 2 10 20\n' 'x 3 9 30\n6005 2 10 20\n' \
  'x 3 10 30\n6005 3 10 20\n' 'x 3 10 30\n6005 2 10 21\n' \
  'x 3 10 30\n' 'x 3 10 30\n6005 2 10 20\n100 1 10 10\n'; do
  # shellcheck disable=SC2059  # it is a format
  printf "$theirs" >"$scratch/theirs"
  if agree "$scratch/ours" "$scratch/theirs" >/dev/null; then
    printf 'event_logs.sh does not see that this differs:\n' >&2
    cat -- "$scratch/theirs" >&2
    exit 1
  fi
done

compared=0
while IFS= read -r -d '' file; do
  "$program" list "$file" >"$scratch/ours"
  exported "$file" >"$scratch/theirs"
  if ! agree "$scratch/ours" "$scratch/theirs"; then
    printf '%s: not what the others find\n' "$file" >&2
    exit 1
  fi
  compared=$((compared + 1))
done < <(find "$corpus" -type f \( -iname '*.evtx' -o -iname '*.evt' \) -print0)
((compared > 0)) || {
  printf 'event_logs.sh: no event log in %s\n' "$corpus" >&2
  exit 1
}
printf '%d event logs agree\n' "$compared"
