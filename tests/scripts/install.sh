#!/usr/bin/env bash
# Does cmake --install put everything where it is looked for, and nothing else?
# ctest: LABELS end_to_end
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=${IISDIAG_BUILD_DIR:-$root/build}

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/usr" >/dev/null

doc=share/doc/iisdiag
{
  printf '%s\n' bin/iisdiag share/bash-completion/completions/iisdiag \
    share/fish/vendor_completions.d/iisdiag.fish share/man/man1/iisdiag.1 \
    share/zsh/site-functions/_iisdiag \
    "$doc"/{LICENSE,README.md,CHANGELOG.md,CONTRIBUTING.md,SECURITY.md}
  (cd -- "$root" && find docs contrib -type f -printf "$doc/%p\n")
} | sort >"$scratch/wanted"
(cd -- "$scratch/usr" && find . -type f -printf '%P\n') | sort >"$scratch/found"
diff -u -- "$scratch/wanted" "$scratch/found"

# It runs from there, and man finds its page.
"$scratch/usr/bin/iisdiag" list checks >/dev/null
if command -v man >/dev/null; then
  man -w -M "$scratch/usr/share/man" iisdiag >/dev/null
fi
