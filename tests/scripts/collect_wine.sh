#!/usr/bin/env bash
# Do the scripts of `iisdiag collect --script` run, under Wine's cmd.exe, and
# write what tests/scenarios/collected-* hold, and no secret?
#
# Wine is no Windows server: net, secedit and others are stand-ins that answer
# what tests/wine/ says (tests/wine/stub.cpp). What is real is the flow of the
# scripts, their quoting, and the masking of configuration files, which runs in
# Wine's script host. Skipped where Wine or the MinGW compiler is missing.
#
# tests/windows/validate.cmd is run in the same way, against a program that
# answers what it should, and once what it should not.
# ctest: LABELS end_to_end TIMEOUT 600 SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=${IISDIAG_BUILD_DIR:-$root/build}/iisdiag
compiler=x86_64-w64-mingw32-g++

for tool in wine "$compiler"; do
  if ! command -v "$tool" >/dev/null; then
    printf 'SKIPPED: %s is not installed; nothing was tested.\n' "$tool"
    exit 77
  fi
done

fail() {
  printf 'collect_wine.sh: %s\n' "$*" >&2
  exit 1
}

scratch=$(mktemp -d)
export WINEPREFIX=$scratch/prefix WINEARCH=win64 WINEDEBUG=-all DISPLAY=
# What is in the prefix, and not what Wine has built in.
export WINEDLLOVERRIDES='mscoree,mshtml=;net.exe,whoami.exe,systeminfo.exe,secedit.exe,gpresult.exe,wevtutil.exe,findstr.exe,regedit.exe=n'
leave() {
  wineserver -k 2>/dev/null || true
  wineserver -w 2>/dev/null || true
  rm -rf -- "$scratch"
}
trap leave EXIT
drive=$scratch/prefix/drive_c
system=$drive/windows/system32
export STUB_ANSWERS='C:\answers'

"$compiler" -std=c++20 -O1 -static -Wall -Wextra -Werror \
  "$root/tests/wine/stub.cpp" -o "$scratch/stub.exe"
WINEDLLOVERRIDES='mscoree,mshtml=' wineboot -i >"$scratch/boot.log" 2>&1 ||
  fail "no prefix: $(cat -- "$scratch/boot.log")"

stand_ins() {
  local name
  for name in net whoami systeminfo secedit gpresult wevtutil findstr; do
    rm -f -- "$system/$name.exe"
  done
  for name in "$@"; do
    cp -- "$scratch/stub.exe" "$system/$name.exe"
  done
}

# run SCRIPT-ARGUMENTS: in a folder full of programs that must not be started.
run() {
  code=0
  (cd -- "$scratch/trap" && wine cmd /c 'C:\collect.cmd' "$@") \
    </dev/null >"$scratch/out.txt" 2>"$scratch/err.txt" || code=$?
  [[ ! -e $drive/trapped.txt ]] || fail "it started $(<"$drive/trapped.txt")"
}
mkdir -- "$scratch/trap"
for name in net reg find findstr cscript secedit whoami regedit adsutil; do
  printf '@echo %s>>C:\\trapped.txt\r\n' "$name" >"$scratch/trap/$name.cmd"
  cp -- "$scratch/trap/$name.cmd" "$scratch/trap/$name.bat"
done

# expect SCENARIO: the folder that was written is that of the scenario, with
# the name of this machine and the time in their places.
expect() {
  local scenario=$1 folder=$2 host
  host=$(hostname | tr '[:lower:]' '[:upper:]' | cut -c -15)
  [[ ! -e $drive/answers/unknown.txt ]] ||
    fail "$scenario: calls without an answer: $(cat "$drive/answers/unknown.txt")"
  rm -rf -- "$scratch/got"
  cp -r -- "$folder" "$scratch/got"
  if grep -rIl 'Geheim' "$scratch/got"; then
    fail "$scenario: these files hold a secret"
  fi
  grep -q 'Microsoft Windows' "$scratch/got/ver.txt" || fail 'no version'
  # What is Wine's own.
  cp -- "$root/tests/scenarios/$scenario/evidence/ver.txt" "$scratch/got/"
  find "$scratch/got" -name registry.reg -exec sed -i -E \
    "s/\"$host\"/\"WEB05\"/I" {} +
  sed -i -E "s/$host/COMPUTER/g; s/^By: .*\r/By: NAME\r/
    s/^Time: [0-9-]{10}T[0-9:]{8}/Time: 2024-03-01T09:12:44/
    s/^(Current (Date|Time) is) .*\r/\1 NOW\r/" "$scratch/got/collected.txt"
  if [[ -n ${IISDIAG_UPDATE_COLLECTED-} ]]; then
    rm -rf -- "$root/tests/scenarios/$scenario/evidence"
    cp -r -- "$scratch/got" "$root/tests/scenarios/$scenario/evidence"
  fi
  diff -r "$root/tests/scenarios/$scenario/evidence" "$scratch/got" >&2 ||
    fail "$scenario: other files were written"
}

# as_if FOLDER: the answers and files of tests/wine/FOLDER.
as_if() {
  rm -rf -- "$drive/answers" "${system:?}/inetsrv" "$drive/inetpub" "$drive/web"
  cp -r -- "$root/tests/wine/$1/answers" "$drive/answers"
  if [[ -d $root/tests/wine/$1/system32 ]]; then
    cp -r -- "$root/tests/wine/$1/system32/." "$system/"
  fi
}

# --- 2008 and later ------------------------------------------------------------
as_if 2008
stand_ins net whoami systeminfo secedit gpresult wevtutil
mkdir -p -- "$drive/web/shop & co (1)" "$drive/inetpub/wwwroot"
cp -- "$root/tests/wine/2008/web.config" "$drive/web/shop & co (1)/"
registry='HKLM\SYSTEM\CurrentControlSet'
add() { wine reg add "$@" /f >"$scratch/reg.txt" 2>&1 || fail "reg add $*"; }
add "$registry\\Control\\ProductOptions" /v ProductType /d ServerNT
add "$registry\\Control\\Lsa" /v CrashOnAuditFail /t REG_DWORD /d 0
add "$registry\\Control\\Lsa" /v LimitBlankPasswordUse /t REG_DWORD /d 1
add 'HKLM\SOFTWARE\Microsoft\InetStp' /v MajorVersion /t REG_DWORD /d 10
add 'HKLM\SOFTWARE\Microsoft\InetStp' /v MinorVersion /t REG_DWORD /d 0
version='HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
add "$version" /v CurrentVersion /d 6.3
add "$version" /v CurrentBuildNumber /d 17763
add "$version" /v ProductName /d 'Windows Server 2019 Standard'
add "$version\\Winlogon" /v DefaultPassword /d Geheim-4711
wine reg delete "$version" /v CSDVersion /f >"$scratch/reg.txt" 2>&1 || true
add 'HKU\S-1-5-19'

"$program" collect --script -o "$drive/collect.cmd" 2>"$scratch/about.txt"
run 'C:\out & 1 (x)' /events
((code == 1)) || fail "2008: exit code $code: $(cat "$scratch"/{out,err}.txt)"
# Two steps fail, and say so.
expect collected-2019 "$drive/out & 1 (x)"

# A folder that exists is left alone, whatever is in it.
find "$drive/out & 1 (x)" -type f -exec cksum {} + >"$scratch/before.txt"
run 'C:\out & 1 (x)'
((code == 1)) || fail "an existing folder: exit code $code"
find "$drive/out & 1 (x)" -type f -exec cksum {} + | diff "$scratch/before.txt" -
grep -q 'exists already' "$scratch/out.txt" || fail 'it does not say why'
run '\\server\share\x'
((code == 1)) || fail "a network path: exit code $code"
run /what
((code == 1)) || fail "a wrong option: exit code $code"
grep -q '^Usage: ' "$scratch/out.txt" || fail 'no usage'

# Without a name it makes one up, and another one the next time. Without the
# events, and with all steps done, the code is 0.
printf '### 0 4 /scope computer /x gpresult.xml\r\n<Rsop/>\r\n' \
  >"$drive/answers/gpresult.txt"
run
((code == 0)) || fail "exit code $code: $(cat "$scratch"/{out,err}.txt)"
run
find "$drive" -maxdepth 1 -iname 'iisdiag-*-2' | grep -q . || fail 'no second folder'
[[ -z $(find "$drive" -path '*iisdiag-*' -name 'events*') ]] ||
  fail 'events are taken along only where they are asked for'

# --- NT 4.0 to 2003 --------------------------------------------------------------
"$program" collect --script --windows 2000 -o "$drive/collect.cmd" \
  2>"$scratch/about.txt"
cp -- "$scratch/stub.exe" "$drive/windows/regedit.exe"
as_if 2000
stand_ins net secedit findstr
mkdir -p -- "$drive/inetpub/AdminScripts"
cp -- "$root/tests/wine/2000/adsutil.vbs" "$drive/inetpub/AdminScripts/"
run 'C:\out 2000 (x) & y'
((code == 0)) || fail "2000: exit code $code: $(cat "$scratch"/{out,err}.txt)"
expect collected-2000 "$drive/out 2000 (x) & y"

as_if 2003
stand_ins net secedit findstr whoami systeminfo
run 'C:\out2003'
((code == 0)) || fail "2003: exit code $code: $(cat "$scratch"/{out,err}.txt)"
expect collected-2003 "$drive/out2003"

# --- validate.cmd ------------------------------------------------------------------
rm -rf -- "$drive/answers"
mkdir -p -- "$drive/answers" "$system/inetsrv" "$system/WindowsPowerShell/v1.0"
stand_ins net secedit findstr
cp -- "$scratch/stub.exe" "$system/inetsrv/appcmd.exe"
cp -- "$scratch/stub.exe" "$system/WindowsPowerShell/v1.0/powershell.exe"
cp -- "$scratch/stub.exe" "$drive/iisdiag.exe"
sed 's/$/\r/' "$root/tests/windows/validate.cmd" >"$drive/collect.cmd"
# answers NAME: from standard input, with the line ends of Windows.
answers() { sed 's/$/\r/' >"$drive/answers/$1.txt"; }

for arguments in '' 'C:\iisdiag.exe' 'C:\iisdiag.exe C:\reports' '/throwaway'; do
  read -ra words <<<"${arguments//\\/\\\\}"
  run "${words[@]}"
  ((code == 1)) || fail "validate.cmd $arguments: exit code $code"
  grep -q '^Usage: ' "$scratch/out.txt" || fail "no usage: $arguments"
done
[[ ! -e $drive/answers/unknown.txt ]] || fail 'it did something unasked'

answers net <<'END'
### 2 err user iisdiagtest
The user name could not be found.
### 0 out *
END
answers appcmd <<'END'
### 1 out list site iisdiag-validate
### 0 out *
END
answers secedit <<'END'
### 0 6 /export*
[Privilege Rights]
SeNetworkLogonRight = *S-1-1-0,*S-1-5-32-544
SeDenyNetworkLogonRight = Guest
### 0 out /configure*
END
answers powershell <<'END'
### 0 out *
BUILTIN\Users
END
cases='healthy:0:none not-tried:2:logon-not-tried:--no-logon
  only-rights:0:none:--only_user-rights wrong-password:1:wrong-password
  disabled:1:account-disabled expired:1:account-expired
  must-change:1:password-must-change no-hours:1:logon-hours
  workstations:1:workstation-restricted missing:1:account-missing
  a-group:1:account-not-a-user other-domain:1:account-wrong-domain
  denied:1:right-denied right-missing:1:right-missing locked:1:account-locked
  pool-identity:0:none builtin:0:none shadowed:0:iusr-shadowed'
count=1 # that no report holds a password
for case in $cases; do
  IFS=: read -r name exit finding options <<<"$case"
  options=${options:+${options//_/ } }
  printf '### %s out check --node iisdiag-validate %s-f json -r text=C:\\reports\\%s.txt\n' \
    "$exit" "$options" "$name"
  printf '"id": "%s"\n' "$finding"
  count=$((count + 1))
done >"$scratch/iisdiag.txt"
answers iisdiag <"$scratch/iisdiag.txt"
run 'C:\iisdiag.exe' /throwaway 'C:\reports'
((code == 0)) || fail "validate.cmd: $code: $(cat "$scratch"/{out,err}.txt)"
grep -q "^Passed: $count   Failed: 0 " "$scratch/out.txt" ||
  fail "validate.cmd: $(cat "$scratch/out.txt")"
[[ ! -e $drive/answers/unknown.txt ]] ||
  fail "calls without an answer: $(cat "$drive/answers/unknown.txt")"

sed 's/"right-denied"/"something-else"/' "$scratch/iisdiag.txt" | answers iisdiag
run 'C:\iisdiag.exe' /throwaway 'C:\reports'
((code == 1)) || fail "validate.cmd accepts a wrong finding"
grep -q '^FAILED  denied: no finding right-denied' "$scratch/out.txt" ||
  fail "validate.cmd: $(cat "$scratch/out.txt")"
