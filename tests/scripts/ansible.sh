#!/usr/bin/env bash
# Does contrib/ansible bring home what each of many hosts says, tell those that say
# nothing, fail where it has to, and leave nothing behind?
#
# ansible-lint (production profile) and yamllint find nothing; the role names only
# options that the modules have. Then ansible-playbook itself asks hosts that are
# all on this machine, each with evidence of its own: fine ones, failed ones, one
# that no connection leads to, programs that crash, hang or answer rubbish, a
# collection. Hosts that call themselves Windows have stand-ins for the modules of
# ansible.windows (tests/ansible), and the Windows program, in Wine. No PowerShell
# and no WinRM ran. Proves then on copies with a fault each that it can fail:
# ansible_play.py.
#
# Ansible is large and this takes minutes, and so only with IISDIAG_FULL=1
# (scripts/test --full); contrib.sh looks at the same files without Ansible.
# ctest: LABELS end_to_end TIMEOUT 1800 SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

if [[ ${IISDIAG_FULL-} != 1 ]]; then
  printf 'ansible.sh: skipped: scripts/test --full runs it\n'
  exit 77
fi
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"
install_packages "${full_packages[@]}"
# Debian's own Python is the one that Ansible was installed for.
exec /usr/bin/python3 "$root/tests/scripts/ansible_play.py" \
  "$root" "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag" \
  "${IISDIAG_WINDOWS_PROGRAM:-$root/build-win64/iisdiag.exe}"
