# shellcheck shell=bash
# Node.js with outside readers of our reports (a TAP parser, a Markdown parser,
# a browser's driver ...), for tests only. To be sourced after lib.sh.
: "${root:?set root before sourcing lib-node.sh}"

# Debian's Chromium is what the driver drives; xmllint reads JUnit's schemas.
# shellcheck disable=SC2034  # read by the scripts that source this file
node_packages=(chromium libxml2-utils)

# prepare_node: brings build/node/node_modules to what
# tests/node/package-lock.json says. A Node.js and an npm that are there stay as
# they are: those of others than Debian cannot stand beside Debian's.
prepare_node() {
  local folder=$root/build/node file
  local packages=("${node_packages[@]}")
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  install_packages "${packages[@]}" || return 1
  if cmp -s -- "$root/tests/node/package-lock.json" \
    "$folder/node_modules/.iisdiag-lock"; then
    return 0
  fi
  mkdir -p -- "$folder" || return 1
  for file in .npmrc package.json package-lock.json; do
    cp -- "$root/tests/node/$file" "$folder/" || return 1
  done
  (cd -- "$folder" && quietly "$folder/npm.log" npm ci) || return 1
  # Last, so that what was broken off is made again.
  cp -- "$root/tests/node/package-lock.json" \
    "$folder/node_modules/.iisdiag-lock"
}
