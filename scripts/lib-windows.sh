# shellcheck shell=bash
# What scripts/windows, scripts/wine and scripts/test need for the Windows
# programs. To be sourced after lib.sh.
: "${root:?set root before sourcing lib-windows.sh}"

# The cross compilers, a linker, zlib for them, and what unpacks source packages.
# shellcheck disable=SC2034  # read by the scripts that source this file
windows_packages=(
  "${build_packages[@]}"
  g++-mingw-w64-x86-64-win32 g++-mingw-w64-i686-win32 libz-mingw-w64-dev
  lld dpkg-dev)

# shellcheck disable=SC2034
windows_test_packages=("${test_packages[@]}" googletest wine wine64)

# Debian source packages that are compiled for Windows, and the installed
# package whose version they have to have.
declare -A windows_sources=(
  [fmtlib]=libfmt-dev
  [minizip]=libminizip-dev
  [pugixml]=libpugixml-dev)

# Where things are kept that no build tree should fetch anew.
cache_folder() {
  if [[ -n ${IISDIAG_CACHE-} ]]; then
    printf '%s' "$IISDIAG_CACHE"
  elif [[ -n ${HOME-} ]]; then
    printf '%s' "$HOME/.cache/iisdiag"
  else
    printf '%s' "$root/build/cache"
  fi
}

# private_apt FOLDER deb|deb-src [APT OPTION...]
#
# Makes an apt of its own in FOLDER, with the Debian archives that this machine
# uses, and fetches their lists; sets the caller's `apt_options`. The
# system's own lists stay as they are. Needs no root.
private_apt() {
  local folder=$1 type=$2 key=/usr/share/keyrings/debian-archive-keyring.gpg
  local signed=''
  shift 2
  mkdir -p -- "$folder/lists/partial" "$folder/cache/archives/partial" &&
    : >"$folder/status" || return 1
  [[ -f $key ]] && signed="[signed-by=$key] "
  # shellcheck disable=SC2016  # apt's own placeholders
  apt-get indextargets --format '$(ORIGIN) $(SITE) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | awk -v type="$type $signed" \
    '$1 == "Debian" && $4 == "main" { print type $2, $3, "main" }' |
    sort -u >"$folder/sources.list"
  if [[ ! -s $folder/sources.list ]]; then
    say 'apt names no Debian archive'
    return 1
  fi
  apt_options=(
    -q -o "Dir::State=$folder" -o "Dir::State::status=$folder/status"
    -o "Dir::Cache=$folder/cache" -o "Dir::Etc::sourcelist=$folder/sources.list"
    -o Dir::Etc::sourceparts=- -o "APT::Sandbox::User=$(id -un)" "$@")
  # A mirror that fails for one list need not matter for what is wanted.
  apt-get "${apt_options[@]}" update ||
    say "apt-get update failed in part; going on with what came"
}

# fetch_source NAME VERSION: the source package, unpacked, as sources/NAME. apt
# checks it against the archive's signature. Uses `apt_options`.
fetch_source() {
  local name=$1 version=$2 sources work
  sources=$(cache_folder)/sources
  work=$sources/new-$name
  rm -rf -- "$work" && mkdir -p -- "$work" || return 1
  (cd -- "$work" && apt-get "${apt_options[@]}" source "$name=$version") ||
    return 1
  rm -rf -- "${sources:?}/$name" || return 1
  mv -T -- "$work"/"$name"-*/ "$sources/$name" &&
    printf '%s\n' "$version" >"$sources/$name/.version" && rm -rf -- "$work"
}

# fetch_these NAME VERSION NAME VERSION...
fetch_these() {
  local apt_options=() apt
  apt=$(cache_folder)/sources/apt
  private_apt "$apt" deb-src || return 1
  while (($#)); do
    fetch_source "$1" "$2" || return 1
    shift 2
  done
  rm -rf -- "$apt"
}

# Brings the sources folder to the versions that are installed. Quick where
# nothing is to be done.
fetch_sources() (
  sources=$(cache_folder)/sources
  mkdir -p -- "$sources" || exit 1
  exec 9>"$sources/.lock" && flock 9 || exit 1
  wanted=()
  for name in "${!windows_sources[@]}"; do
    # shellcheck disable=SC2016  # dpkg's own placeholders
    version=$(dpkg-query --show --showformat '${source:Version}' \
      "${windows_sources[$name]}") || exit 1
    [[ -f $sources/$name/.version &&
      $(<"$sources/$name/.version") == "$version" ]] ||
      wanted+=("$name" "$version")
  done
  ((${#wanted[@]})) || exit 0
  say "fetching Debian source packages into $sources"
  if ! quietly "$sources/fetch.log" fetch_these "${wanted[@]}"; then
    say 'the source packages could not be fetched'
    exit 1
  fi
)

# windows_tree BITS: the build tree of the 64-bit or the 32-bit program.
windows_tree() { printf '%s/build-win%s' "$root" "$1"; }

# windows_program BITS
windows_program() {
  local name=iisdiag.exe
  [[ $1 == 32 ]] && name=iisdiag-x86.exe
  printf '%s/%s' "$(windows_tree "$1")" "$name"
}

# build_windows BITS tests|program [ROOMS], one process at a time. ROOMS as for
# build_native.
build_windows() (
  bits=$1
  tree=$(windows_tree "$bits")
  arch=x86_64
  [[ $bits == 32 ]] && arch=i686
  mkdir -p -- "$tree" && exec 9>"$tree/.lock" && flock 9 || exit 1
  tests=OFF
  targets=(iisdiag)
  if [[ $2 == tests ]]; then
    tests=ON
    targets=(all)
  fi
  configure_tree "$root" "$tree" -DCMAKE_BUILD_TYPE=MinSizeRel \
    "-DCMAKE_TOOLCHAIN_FILE=$root/cmake/mingw-w64.cmake" \
    "-DIISDIAG_MINGW_ARCH=$arch" "-DIISDIAG_TESTS=$tests" \
    "-DIISDIAG_TEST_ROOMS=${3-}" -DIISDIAG_UNITY=all \
    "-DIISDIAG_SOURCES=$(cache_folder)/sources" || exit 1
  build_tree "$root" "$tree" "${targets[@]}"
)

# prepare_windows tests|program: packages and sources.
prepare_windows() {
  local packages=("${windows_packages[@]}")
  [[ $1 == tests ]] && packages+=("${windows_test_packages[@]}")
  install_packages "${packages[@]}" && fetch_sources
}
