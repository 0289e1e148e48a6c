#!/usr/bin/env bash
# Is what scripts/release hands out sound?
#
# The Debian package of the current build: its files, lintian, and installed and
# removed by dpkg in a folder of its own with this system's list of packages, so
# that its dependencies are judged. The list of what it is made of, by the schema
# of CycloneDX. Packing the same twice. With IISDIAG_FULL=1 two whole releases
# from two clones, with the same hashes, and the programs in them.
# ctest: LABELS end_to_end TIMEOUT 10000
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
native=${IISDIAG_BUILD_DIR:-$root/build}
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"
# shellcheck source=scripts/lib-windows.sh
source "$root/scripts/lib-windows.sh"
# shellcheck source=scripts/lib-release.sh
source "$root/scripts/lib-release.sh"

schemas=$root/build/node/node_modules/@cyclonedx/cyclonedx-library/res/schema
# Debian's own Python is the one that python3-jsonschema was installed for.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
umask 022
export SOURCE_DATE_EPOCH=1700000000

deb=iisdiag_$(release_version)_amd64.deb

fail() {
  printf 'release.sh: %s\n' "$*" >&2
  exit 1
}

# hash_of FILE
hash_of() { sha256sum <"$1"; }

# judge_deb FILE [TAG]: lintian has nothing to say, not even of little weight, but
# for TAG, words that it sees in what is compressed in the program, and a role
# of Ansible that has the name of the program, as it has to. dpkg
# installs and removes it, leaving nothing, in a folder that has this system's
# list of packages (without their files, which dpkg warns of).
judge_deb() {
  local deb=$1 target=$scratch/system found as_root=()
  found=$(lintian --no-cfg --allow-root --display-info --pedantic \
    --suppress-tags "spelling-error-in-binary,repeated-path-segment${2:+,$2}" \
    "$deb" 2>&1) || true
  [[ -z $found ]] || fail "lintian: $found"

  rm -rf -- "$target" && mkdir -p -- "$target/var/lib/dpkg"/{updates,info}
  sed '/^$/!b' /var/lib/dpkg/status >"$target/var/lib/dpkg/status"
  ((EUID == 0)) || as_root=(fakeroot)
  # shellcheck disable=SC2317  # called below
  in_target() {
    PATH=$PATH:/usr/sbin:/sbin "${as_root[@]}" dpkg --force-not-root \
      "--root=$target" "$@" >"$scratch/dpkg.log" 2>&1 || {
      grep -v 'files list file for package' "$scratch/dpkg.log" >&2
      return 1
    }
  }
  in_target --install "$deb" || fail 'dpkg does not install it'
  in_target --verify iisdiag || fail 'dpkg finds other files than it installed'
  "$target/usr/bin/iisdiag" --version | grep -qx "iisdiag $(release_version)" ||
    fail 'it is of another version'
  [[ $("$target/usr/bin/iisdiag" check --demo) == \
    "$("$native/iisdiag" check --demo)" ]] || fail 'it reports something else'
  in_target --purge iisdiag || fail 'dpkg does not remove it'
  found=$(find "$target" -path "$target/var/lib/dpkg" -prune -o \
    ! -type d -print)
  [[ -z $found ]] || fail "removed, it leaves $found"
}

# judge_release FOLDER: whole, hard to attack, without a path of this machine, and
# with programs that say what the one of the build tree says.
judge_release() {
  local dist=$1 version file unpacked=$scratch/unpacked japanese
  version=$(release_version)
  (cd -- "$dist" && sha256sum --strict --quiet --check SHA256SUMS) ||
    fail 'SHA256SUMS is wrong'
  [[ $(cd -- "$dist" && printf '%s ' *) == "SHA256SUMS \
iisdiag-$version-linux-x86_64.tar.gz iisdiag-$version-windows.zip \
iisdiag-$version.cdx.json $deb " ]] || fail "$dist holds something else"
  "$python" "$root/tests/scripts/sbom.py" "$schemas" \
    "$dist/iisdiag-$version.cdx.json" "$deb" \
    "iisdiag-$version-linux-x86_64.tar.gz" "iisdiag-$version-windows.zip"
  judge_deb "$dist/$deb"

  rm -rf -- "$unpacked" && mkdir -- "$unpacked"
  dpkg-deb -x "$dist/$deb" "$unpacked/deb"
  tar -C "$unpacked" -xzf "$dist/iisdiag-$version-linux-x86_64.tar.gz"
  "$python" -m zipfile -e "$dist/iisdiag-$version-windows.zip" "$unpacked"
  local static=$unpacked/iisdiag-$version-linux-x86_64
  local windows=$unpacked/iisdiag-$version-windows
  bash "$root/tests/scripts/hardening.sh" "$unpacked/deb/usr/bin/iisdiag" \
    "$static/iisdiag"
  for file in "$windows"/iisdiag{,-x86}.exe; do
    "$python" "$root/tests/windows/hardening.py" "$file"
    (($(stat -c %s -- "$file") < 3 * 1024 * 1024)) || fail "$file is too large"
  done
  for file in README.md LICENSE docs/index.md third-party/fmtlib.txt; do
    [[ -s $static/$file && -s $windows/$file ]] || fail "there is no $file"
  done
  if grep -rlF -e "$root" -e "${HOME:-$root}/" "$unpacked"; then
    fail 'these name a folder of this machine'
  fi

  # It needs no library, and no table of this system for Japanese.
  if readelf -dW "$static/iisdiag" | grep -q NEEDED; then
    fail 'the static program needs a library'
  fi
  japanese=$root/tests/scenarios/disabled-japanese-2019/evidence
  for file in "$static/iisdiag" "$unpacked/deb/usr/bin/iisdiag"; do
    [[ $(cd / && env -i GCONV_PATH=/nowhere "$file" check -v "$japanese") == \
      "$("$native/iisdiag" check -v "$japanese")" ]] ||
      fail "$file reports something else"
  done
}

if (($#)); then
  judge_release "$1"
  exit 0
fi

# The Debian package of the current build. ---------------------------------

bill() {
  "$python" "$root/packaging/sbom.py" --version 1.2.3 --epoch 1700000000 \
    --sources "$(cache_folder)/sources" "$@" "$deb=$native:iisdiag"
}
bill --notices "$scratch/notices" >"$scratch/bill.json"
"$python" "$root/tests/scripts/sbom.py" "$schemas" "$scratch/bill.json" "$deb"
[[ $(bill | sha256sum) == "$(hash_of "$scratch/bill.json")" ]] ||
  fail 'the list of what it is made of differs from itself'
sed '/"pugixml": "MIT"/d' "$root/packaging/sbom.py" >"$scratch/sbom.py"
cp -- "$root/packaging/packages.py" "$scratch/"
if "$python" "$scratch/sbom.py" --version 1 --epoch 1 --sources "$scratch" \
  "$deb=$native:iisdiag" >/dev/null 2>"$scratch/told" ||
  ! grep -q 'which licence has pugixml' "$scratch/told"; then
  fail 'a library without a licence goes in'
fi

make_deb() {
  stage_deb "$native" "$scratch/$1/deb" "$scratch/notices/$deb"
  pack_deb "$scratch/$1/deb" "$scratch/$1/$deb"
}
make_deb one
(umask 077 && make_deb another)
[[ $(hash_of "$scratch/one/$deb") == "$(hash_of "$scratch/another/$deb")" ]] ||
  fail 'the package differs from itself'

doc=usr/share/doc/iisdiag
{
  printf '%s\n' usr/bin/iisdiag usr/share/bash-completion/completions/iisdiag \
    usr/share/fish/vendor_completions.d/iisdiag.fish \
    usr/share/man/man1/iisdiag.1.gz usr/share/zsh/vendor-completions/_iisdiag \
    "$doc"/{LICENSE,README.md,CHANGELOG.md,CONTRIBUTING.md,SECURITY.md} \
    "$doc"/{changelog.gz,copyright} \
    "$doc"/third-party/{cli11,fmtlib,gcc-12,glibc}.txt \
    "$doc"/third-party/{minizip,nlohmann-json3,pugixml,zlib}.txt
  (cd -- "$root" && find docs contrib -type f -printf "$doc/%p\n")
} | sort >"$scratch/wanted"
dpkg-deb --fsys-tarfile "$scratch/one/$deb" | tar -t | grep -v '/$' |
  sed 's,^\./,,' | sort >"$scratch/found"
diff -u -- "$scratch/wanted" "$scratch/found"
depends=$(dpkg-deb --field "$scratch/one/$deb" Depends)
[[ $depends == *libc6\ \(*libfmt9\ \(*libstdc++6\ \(* ]] ||
  fail "it depends on: $depends"
# The program of a build tree has zlib in it, that of a release has not.
judge_deb "$scratch/one/$deb" embedded-library

# lintian is asked the right thing, and dpkg minds what is missing.
cp -R -- "$scratch/one/deb" "$scratch/faulty"
rm -- "$scratch/faulty/$doc/copyright"
sed -i 's/^Depends: /&no-such-package, /' "$scratch/faulty/DEBIAN/control"
dpkg-deb --root-owner-group --build "$scratch/faulty" "$scratch/faulty.deb" \
  >/dev/null
for wanted in no-copyright-file 'does not install'; do
  if (
    # shellcheck disable=SC2317  # called by judge_deb
    [[ $wanted == no-* ]] || lintian() { :; }
    judge_deb "$scratch/faulty.deb"
  ) 2>"$scratch/told" || ! grep -q "$wanted" "$scratch/told"; then
    fail "judge_deb does not see: $wanted"
  fi
done

# Archives. ------------------------------------------------------------------

mkdir -p -- "$scratch/tree/folder/inner"
printf 'text\n' >"$scratch/tree/folder/inner/b.txt"
printf 'other\n' >"$scratch/tree/folder/a.txt"
for kind in tar zip; do
  "pack_$kind" "$scratch/tree/folder" "$scratch/first"
  touch -- "$scratch/tree/folder/a.txt"
  chmod 600 -- "$scratch/tree/folder/inner/b.txt"
  export TZ=Asia/Tokyo
  "pack_$kind" "$scratch/tree/folder" "$scratch/second"
  unset TZ
  [[ $(hash_of "$scratch/first") == "$(hash_of "$scratch/second")" ]] ||
    fail "an archive of kind $kind differs from itself"
  printf 'changed\n' >>"$scratch/tree/folder/a.txt"
  "pack_$kind" "$scratch/tree/folder" "$scratch/second"
  [[ $(hash_of "$scratch/first") != "$(hash_of "$scratch/second")" ]] ||
    fail "an archive of kind $kind does not hold its files"
done

# A tree with changes. -------------------------------------------------------

if [[ $(git -C "$root" rev-parse --show-toplevel 2>/dev/null) != "$root" ]]; then
  printf 'release.sh: no repository here; nothing is released\n'
  exit 0
fi
git clone --quiet -- "$root" "$scratch/clone"
printf 'changed\n' >"$scratch/clone/new"
if "$scratch/clone/scripts/release" >"$scratch/told" 2>&1 ||
  ! grep -q 'no commit has' "$scratch/told"; then
  fail 'scripts/release takes a tree with changes'
fi
rm -- "$scratch/clone/new"
if "$scratch/clone/scripts/release" --outptu x >"$scratch/told" 2>&1; then
  fail 'scripts/release takes any option'
fi
[[ -n ${IISDIAG_FULL-} ]] || exit 0

# Two whole releases of the last commit. -------------------------------------

unset SOURCE_DATE_EPOCH
"$scratch/clone/scripts/release"
mkdir -- "$scratch/elsewhere"
cp -R -- "$scratch/clone" "$scratch/elsewhere/b"
(umask 027 &&
  TMPDIR=$scratch/elsewhere TZ=Asia/Tokyo LANG=de_DE.UTF-8 LC_ALL='' \
    "$scratch/elsewhere/b/scripts/release" --output "$scratch/second-release")
dist=$scratch/clone/dist
diff -u -- "$dist/SHA256SUMS" "$scratch/second-release/SHA256SUMS"
judge_release "$dist"
