# shellcheck shell=bash
# What scripts/iisdiag, scripts/test and tests/scripts/*.sh share. To be
# sourced; the caller sets `root`, the absolute path of the source tree.
#
# Everything here speaks on standard error only: standard output belongs to the
# program.
: "${root:?set root before sourcing lib.sh}"

# g++, CMake, Ninja and the libraries; ccache makes a rebuild in another clone
# or after a change of branches cheap; Python says which files are compiled
# together. Needed to build at all.
# shellcheck disable=SC2034  # read by the scripts that source this file
build_packages=(
  g++ cmake ninja-build ccache python3
  libfmt-dev libcli11-dev libpugixml-dev libutf8proc-dev nlohmann-json3-dev
  libminizip-dev zlib1g-dev)

# shellcheck disable=SC2034
test_packages=(
  libgtest-dev clang-format clang-tidy shellcheck python3-jsonschema zip
  libevtx-utils libevt-utils strace mandoc groff-base zsh fish libxml2-utils
  python3-yaml lintian fakeroot dpkg-dev xz-utils)

# The tree with sanitizers is Clang's, which makes it in half of GCC's time.
# llvm-symbolizer turns the addresses of a failure into names and lines.
# shellcheck disable=SC2034
sanitize_packages=(clang libclang-rt-14-dev llvm)

# What scripts/test --full and scripts/fuzz use besides.
# shellcheck disable=SC2034
full_packages=(valgrind ansible ansible-lint)
# shellcheck disable=SC2034
fuzz_packages=("${sanitize_packages[@]}" zip)

say() { printf 'iisdiag: %s\n' "$*" >&2; }

# Prints those of the named Debian packages that are not installed. Nothing
# where there is no dpkg: CMake says what it does not find.
missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local name status
  local -A installed=()
  while read -r name status; do
    [[ $status == installed ]] && installed[$name]=1
  done < <(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' \
    "$@" 2>/dev/null)
  for name in "$@"; do
    [[ -n ${installed[$name]-} ]] || printf '%s\n' "$name"
  done
}

# Installs what is missing of the named packages; says so. Fails where it may
# not or cannot.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "these Debian packages are missing: ${missing[*]}"
      say "install them as root: apt-get install ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
    # Without a terminal nobody can type a password: fail and do not wait.
    [[ -t 2 ]] || as_root+=(-n)
  fi
  say "installing Debian packages: ${missing[*]}"
  local apt=(
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get -q -o DPkg::Lock::Timeout=300)
  # A mirror that fails for one list need not matter for these packages.
  "${apt[@]}" update </dev/null >&2 ||
    say "apt-get update failed; going on with the package lists that are here"
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" \
    </dev/null >&2; then
    say "could not install: ${missing[*]}"
    return 1
  fi
}

# Runs a command that talks a lot. On a terminal its output is shown; anywhere
# else it goes to the log file and is shown only if the command fails.
quietly() {
  local log=$1
  shift
  if [[ -t 2 ]]; then
    "$@" </dev/null >&2
  elif ! "$@" </dev/null >"$log" 2>&1; then
    cat -- "$log" >&2
    return 1
  fi
}

# Was BUILD configured to the end, for SOURCE and not for another clone that it
# was copied from?
is_configured() {
  local source=$1 build=$2
  [[ -f $build/build.ninja ]] &&
    grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$source" "$build/CMakeCache.txt"
}

# configure_tree SOURCE BUILD [CMake argument...]
configure_tree() {
  local source=$1 build=$2 options=()
  shift 2
  is_configured "$source" "$build" || options+=(--fresh)
  if command -v ccache >/dev/null; then
    options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  mkdir -p -- "$build" &&
    quietly "$build/configure.log" cmake "${options[@]}" -G Ninja \
      -S "$source" -B "$build" "$@"
}

# Where no HOME is set, the cache is in the build tree.
give_ccache_a_home() {
  [[ -n ${HOME-}${CCACHE_DIR-} ]] || export CCACHE_DIR=$root/build/ccache
}

# build_tree SOURCE BUILD [target...], in a subshell for its environment.
build_tree() (
  source=$1
  build=$2
  shift 2
  # Paths below the tree count as relative, so that another clone (and the
  # scratch copy of tests/scripts/extending.sh) finds what this one compiled.
  export CCACHE_BASEDIR=$source CCACHE_NOHASHDIR=1
  give_ccache_a_home
  quietly "$build/build.log" cmake --build "$build" ${1+--target "$@"}
)

# The stamp is as old as the start of the last good build, so that a file that
# was saved during the build counts as newer. It holds the path of the tree: a
# tree that was moved has to be built again.
native_stamp() { printf '%s/build/.iisdiag-built' "$root"; }

# Is build/iisdiag what the sources say? A test of times alone, some
# milliseconds; in doubt the answer is no and Ninja decides. Folders are among
# what is looked at, because deleting or renaming a file touches only them.
native_is_current() {
  local stamp built_for newer inputs
  stamp=$(native_stamp)
  [[ -x $root/build/iisdiag && -f $stamp ]] || return 1
  IFS= read -r built_for <"$stamp" || return 1
  [[ $built_for == "$root" ]] || return 1
  inputs=(
    "$root/CMakeLists.txt" "$root/cmake" "$root/scripts" "$root/src")
  [[ -e $root/tests/scenarios ]] && inputs+=("$root/tests/scenarios")
  newer=$(find "${inputs[@]}" -newer "$stamp" -print -quit) || return 1
  [[ -z $newer ]]
}

# build_native tests|program [ROOMS [UNITY]]
#
# ROOMS are those whose tests are built (IISDIAG_TEST_ROOMS); without: all.
# UNITY is what is compiled several files at a time (IISDIAG_UNITY); without:
# all, which takes half of the time.
# Brings build/ up to date, with the tests or without, one process at a time:
# whoever comes second waits and then finds everything done. In a subshell, so
# that the lock ends with it. CMake and Ninja inherit the lock on purpose: if
# this shell is killed, the next one waits until they are through.
build_native() (
  what=$1
  mkdir -p -- "$root/build" || exit 1
  exec 9>"$root/build/.lock" || exit 1
  if command -v flock >/dev/null && ! flock --nonblock 9; then
    say 'waiting for another build of this tree'
    flock 9 || exit 1
  fi

  packages=("${build_packages[@]}")
  options=()
  targets=(iisdiag)
  if [[ $what == tests ]]; then
    packages+=("${test_packages[@]}")
    options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DIISDIAG_TESTS=ON
      "-DIISDIAG_TEST_ROOMS=${2-}" "-DIISDIAG_UNITY=${3-all}")
    targets=(all)
  elif native_is_current; then
    exit 0
  elif ! is_configured "$root" "$root/build"; then
    # Keeps GoogleTest out of the first run; later runs keep what is set.
    options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DIISDIAG_TESTS=OFF
      -DIISDIAG_UNITY=all)
  fi

  # Not the package manager, though: it can leave services running.
  install_packages "${packages[@]}" 9>&- || exit 1
  stamp=$(native_stamp)
  printf '%s\n' "$root" >"$stamp.new" || exit 1
  if [[ -x $root/build/iisdiag ]]; then
    say "bringing $root/build up to date"
  else
    say "building $root/build; the first time this takes some minutes"
  fi
  # Once configured, Ninja itself runs CMake where it has to.
  if ((${#options[@]})); then
    configure_tree "$root" "$root/build" "${options[@]}" || exit 1
  fi
  build_tree "$root" "$root/build" "${targets[@]}" || exit 1
  mv -f -- "$stamp.new" "$stamp"
)

# run_ctest FOLDER BUILD...: the tests of all those trees in one ctest, hence
# with one schedule for all cores and one summary. FOLDER is for ctest's files.
run_ctest() {
  local all=$1
  shift
  mkdir -p -- "$all" || return 1
  {
    printf 'subdirs('
    printf '"%s"\n' "$@"
    printf ')\n'
  } >"$all/CTestTestfile.cmake" || return 1
  ctest --test-dir "$all" --output-on-failure --no-tests=error \
    -j "$(nproc)" </dev/null
}

# Prints the files of the tree, relative to it, NUL-terminated: what git tracks
# or would track; without git or a repository, everything but build trees.
tree_files() (
  cd -- "$root" || exit 1
  # Not the repository of something that this tree was unpacked into.
  if [[ $(git rev-parse --show-toplevel 2>/dev/null) == "$root" ]]; then
    git ls-files -z --cached --others --exclude-standard
  else
    find . -type d \( -path './build*' -o -name .git \) -prune -o \
      -type f -printf '%P\0'
  fi | while IFS= read -r -d '' file; do
    # Git goes on naming a file that was deleted but not yet committed.
    [[ -e $file ]] && printf '%s\0' "$file"
  done
  exit 0
)
