# shellcheck shell=bash
# What a release is made of: packing, for scripts/release and its test. To be
# sourced after lib.sh. Nothing here depends on when, where or as whom it runs:
# times are those of SOURCE_DATE_EPOCH, owners are root, names are sorted.
: "${root:?set root before sourcing lib-release.sh}"

# shellcheck disable=SC2034  # read by the scripts that source this file
release_packages=(git dpkg-dev binutils lintian python3 xz-utils fakeroot)

# The one place that states it is CMakeLists.txt.
release_version() {
  sed -n 's/^  VERSION \([0-9.]*\)$/\1/p' "$root/CMakeLists.txt"
}

# Whom a package of Debian has to name; the project has no address of its own.
release_maintainer() {
  printf '%s <%s>' "${DEBFULLNAME:-iisdiag authors}" \
    "${DEBEMAIL:-iisdiag@example.org}"
}

# settle FOLDER: modes and times that do not tell who packed it, and when.
settle() {
  find "$1" -type d -exec chmod 755 {} +
  find "$1" -type f -perm /111 -exec chmod 755 {} +
  find "$1" -type f ! -perm /111 -exec chmod 644 {} +
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

# stripped PROGRAM TARGET
stripped() {
  strip --strip-all --remove-section=.comment --remove-section=.note \
    -o "$2" -- "$1"
}

# pack_tar FOLDER ARCHIVE, pack_zip FOLDER ARCHIVE: an archive with FOLDER.
pack_tar() {
  settle "$1"
  tar -C "$(dirname -- "$1")" --sort=name --format=ustar --owner=0 --group=0 \
    --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename -- "$1")" |
    gzip -9n >"$2"
}
pack_zip() {
  settle "$1"
  python3 "$root/packaging/pack_zip.py" "$1" "$2"
}

# stage_documents FOLDER NOTICES: what README.md leads to, where its links hold,
# and the terms of the libraries.
stage_documents() {
  cp -R -- "$root"/{README,CHANGELOG,CONTRIBUTING,SECURITY}.md \
    "$root"/{LICENSE,docs,contrib} "$1/" && cp -R -- "$2" "$1/third-party"
}

# stage_deb TREE FOLDER NOTICES: what cmake --install installs, as Debian has it.
stage_deb() {
  local tree=$1 folder=$2 share=$2/usr/share doc
  doc=$share/doc/iisdiag
  cmake --install "$tree" --prefix "$folder/usr" >/dev/null || return 1
  stripped "$folder/usr/bin/iisdiag" "$folder/usr/bin/iisdiag.new" &&
    mv -f -- "$folder/usr/bin/iisdiag.new" "$folder/usr/bin/iisdiag" || return 1
  gzip -9n -- "$share/man/man1/iisdiag.1"
  mkdir -p -- "$share/zsh/vendor-completions" &&
    mv -- "$share/zsh/site-functions/_iisdiag" "$share/zsh/vendor-completions/" &&
    rmdir -- "$share/zsh/site-functions" || return 1
  cp -- "$root/packaging/copyright" "$doc/copyright" &&
    cp -R -- "$3" "$doc/third-party" || return 1
  # Links of the pages lead to it; what it says stands in copyright.
  ln -sf -- copyright "$doc/LICENSE"
  {
    printf 'iisdiag (%s) unstable; urgency=medium\n\n' "$(release_version)"
    printf '  * What is new stands in CHANGELOG.md.\n\n'
    printf ' -- %s  %s\n' "$(release_maintainer)" \
      "$(LC_ALL=C date -u -R --date="@$SOURCE_DATE_EPOCH")"
  } | gzip -9n >"$doc/changelog.gz"
}

# needed_packages PROGRAM: the field Depends, of the libraries that it loads.
needed_packages() (
  scratch=$(mktemp -d) && trap 'rm -rf -- "$scratch"' EXIT
  package=debian/iisdiag/usr/bin
  mkdir -p -- "$scratch/$package" "$scratch/debian/iisdiag/DEBIAN" &&
    cp -- "$1" "$scratch/$package/" &&
    cd -- "$scratch" || exit 1
  printf 'Source: iisdiag\n\nPackage: iisdiag\nArchitecture: any\n' \
    >debian/control
  dpkg-shlibdeps -O -e$package/iisdiag | sed -n 's/^shlibs:Depends=//p'
)

# pack_deb FOLDER FILE: a Debian package of what stage_deb staged.
pack_deb() {
  local folder=$1 file=$2 depends
  depends=$(needed_packages "$folder/usr/bin/iisdiag") &&
    [[ -n $depends ]] || return 1
  mkdir -p -- "$folder/DEBIAN" &&
    (cd -- "$folder" && find usr -type f -print0 | LC_ALL=C sort -z |
      xargs -0 md5sum) >"$folder/DEBIAN/md5sums" || return 1
  cat >"$folder/DEBIAN/control" <<END || return 1
Package: iisdiag
Version: $(release_version)
Architecture: amd64
Maintainer: $(release_maintainer)
Installed-Size: $(find "$folder/usr" -printf '%s\n' |
    awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
Depends: $depends
Section: admin
Priority: optional
Description: find out why IIS cannot log on its anonymous account
 Visitors of an IIS site get "401.1 Unauthorized: Logon failed" when Windows
 refuses the logon of the account that stands for visitors without a name.
 .
 This program reads files that were captured on such a server (IIS 1.0 to 10.0,
 Windows NT 3.51 to Windows Server 2025), runs four checks on them and prints
 what is wrong, where that was read, and the steps that mend it there.
END
  settle "$folder"
  # One thread: what xz writes depends on whether there are more.
  dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$folder" "$file" \
    >/dev/null
}
