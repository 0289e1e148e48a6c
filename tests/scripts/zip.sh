#!/usr/bin/env bash
# Does a scenario's folder give the same report when it is packed, by whatever
# packer, as it gives unpacked?
# ctest: LABELS end_to_end TIMEOUT 120
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
iisdiag=${IISDIAG_BUILD_DIR:-$root/build}/iisdiag
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# The report without what differs by nature: how the evidence was named, and
# the name of a host that no file names.
report() {
  local code=0
  "$iisdiag" check -f json --at 2020-01-01 "$1" >"$scratch/json" || code=$?
  python3 - "$scratch/json" "$code" "$2" <<'PYTHON'
import json, sys
path, code, out = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    report = json.load(file)
del report["checked_at"]
for host in report["hosts"]:
    del host["checked_at"]
    host["source"]["paths"] = []
    if host["host"].startswith("packed"):
        host["host"] = "evidence"
with open(out, "w", encoding="utf-8") as file:
    json.dump(report, file, indent=1)
    print(code, file=file)
PYTHON
}

for scenario in q253204 iis3-missing-local-right shared-configuration; do
  evidence=$root/tests/scenarios/$scenario/evidence
  report "$evidence" "$scratch/unpacked"
  rm -f -- "$scratch"/packed*.zip
  python3 -m zipfile -c "$scratch/packed-python.zip" "$evidence"/*
  (cd -- "$evidence" && zip -qr - . >"$scratch/packed-streamed.zip")
  (cd -- "$evidence" && zip -q0r "$scratch/packed-stored.zip" .)
  for archive in "$scratch"/packed*.zip; do
    report "$archive" "$scratch/packed"
    if ! diff -u -- "$scratch/unpacked" "$scratch/packed"; then
      printf '%s: %s differs from the folder\n' "$scenario" "${archive##*/}" >&2
      exit 1
    fi
  done
done
