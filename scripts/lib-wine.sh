# shellcheck shell=bash
# Wine, and a Windows folder for it that is kept in the cache. To be sourced
# after lib.sh and lib-windows.sh.
#
# 32-bit programs need Wine's 32-bit DLLs, but no 32-bit Linux library: its
# 64-bit half runs them. The DLLs are taken out of Debian's i386 package,
# which is not installed.
: "${root:?set root before sourcing lib-wine.sh}"

# Sets what Wine reads, and `wine_home`.
use_wine() {
  local version
  # shellcheck disable=SC2016  # dpkg's own placeholders
  version=$(dpkg-query --show --showformat '${Version}' libwine 2>/dev/null)
  wine_version=${version:-none}
  wine_home=$(cache_folder)/wine-${wine_version//[^A-Za-z0-9.+-]/_}
  export WINEPREFIX=$wine_home/prefix WINEDLLPATH=$wine_home/dlls
  # Neither a browser nor .NET is set up, and Wine says nothing itself.
  export WINEDLLOVERRIDES='mscoree,mshtml=' WINEDEBUG=-all
  unset DISPLAY WINEARCH WINELOADER WINESERVER
}

# Wine's services go on after the program that started them, and would hold a
# pipe of the caller open for as long.
detached() { "$@" </dev/null >/dev/null 2>&1; }

fetch_wine_dlls() {
  local apt_options=() work=$wine_home/new
  local unix=/usr/lib/x86_64-linux-gnu/wine/x86_64-unix
  rm -rf -- "$work" && mkdir -p -- "$work/dlls" || return 1
  private_apt "$work/apt" deb -o APT::Architecture=i386 \
    -o APT::Architectures=i386 || return 1
  (cd -- "$work" && apt-get "${apt_options[@]}" download \
    "libwine=$wine_version") || return 1
  dpkg-deb --fsys-tarfile "$work"/libwine_*_i386.deb |
    tar -x -C "$work/dlls" --strip-components=5 --wildcards \
      './usr/lib/i386-linux-gnu/wine/i386-windows/*' || return 1
  # Its other half is looked for beside it.
  ln -s -- "$unix" "$work/dlls/x86_64-unix" &&
    rm -rf -- "$WINEDLLPATH" &&
    mv -T -- "$work/dlls" "$WINEDLLPATH" && rm -rf -- "$work"
}

wine_is_whole() {
  local windows=$WINEPREFIX/drive_c/windows
  [[ -f $WINEPREFIX/system.reg && -f $windows/system32/ntdll.dll ]] &&
    [[ ! -d $WINEDLLPATH || -f $windows/syswow64/ntdll.dll ]]
}

# A machine under load can leave half of the folder empty, without an error.
make_wine_prefix() {
  local try
  for try in 1 2 3; do
    detached wineserver -k
    rm -rf -- "$WINEPREFIX"
    detached wine wineboot -i
    detached wineserver -w
    if wine_is_whole; then
      return 0
    fi
    say "Wine left its folder unfinished (attempt $try)"
  done
  return 1
}

# Does Wine run programs of 32 bits here? The kernel has to allow it.
runs_32_bits() {
  local code=0
  detached wine 'C:\windows\syswow64\cmd.exe' /c 'exit 7' || code=$?
  ((code == 7))
}

# One server for many short programs: each by itself takes three seconds to
# start it. It goes when nobody has used it for five minutes.
start_wine_server() {
  if detached wineserver -p300; then
    detached wine cmd /c exit
  fi
}

# prepare_wine once|again
#
# Makes everything ready, once for each version of Wine; quick from then on.
# Where programs of 32 bits did not run, `again` gives them another chance.
prepare_wine() {
  use_wine
  if [[ $1 != again || ! -e $wine_home/only-64-bits ]]; then
    [[ -f $wine_home/ready ]] && return 0
  fi
  install_packages wine wine64 || return 1
  use_wine
  mkdir -p -- "$wine_home" || return 1
  (
    exec 9>"$wine_home/.lock" && flock 9 || exit 1
    say "setting up Wine in $wine_home"
    if [[ ! -d $WINEDLLPATH ]]; then
      quietly "$wine_home/fetch.log" fetch_wine_dlls ||
        say "Wine's 32-bit DLLs could not be fetched"
    fi
    # The lock must not live on in Wine's server.
    wine_is_whole || make_wine_prefix 9>&- || exit 1
    rm -f -- "$wine_home/only-64-bits"
    if ! runs_32_bits 9>&-; then
      say 'Wine runs no programs of 32 bits here: their tests are skipped'
      : >"$wine_home/only-64-bits"
    fi
    : >"$wine_home/ready"
  )
}
