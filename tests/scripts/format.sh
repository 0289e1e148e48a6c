#!/usr/bin/env bash
# Is every source file formatted as .clang-format says?
# To mend: clang-format -i FILE
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd -- "$root"

find src tests -type f \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
  xargs -0 clang-format --dry-run -Werror
