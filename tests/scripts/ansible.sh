#!/usr/bin/env bash
# Does contrib/ansible do what docs/use/ansible.md says? ansible-lint finds
# nothing, and the playbook runs against several hosts: ansible.py. Ansible is a
# quarter of a gigabyte, and so only with IISDIAG_FULL=1 (scripts/test --full).
# ctest: LABELS end_to_end TIMEOUT 900 SKIP_RETURN_CODE 77
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

if [[ ${IISDIAG_FULL-} != 1 ]]; then
  printf 'ansible.sh: skipped: scripts/test --full runs it\n'
  exit 77
fi
# shellcheck source=scripts/lib.sh
source "$root/scripts/lib.sh"
install_packages "${full_packages[@]}"

# Away from the repository, in which ansible-lint would choose files by itself.
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
cp -r -- "$root/contrib/ansible" "$scratch/"
cd -- "$scratch/ansible"
export ANSIBLE_HOME=$scratch/home ANSIBLE_NOCOLOR=1 NO_COLOR=1
lint=(ansible-lint --offline --profile production -q)
"${lint[@]}" check.yml roles/iisdiag
printf -- '- hosts: all\n  tasks:\n    - shell: ls\n' >faulty.yml
if "${lint[@]}" faulty.yml >/dev/null 2>&1; then
  printf 'ansible-lint finds nothing wrong with a faulty playbook\n'
  exit 1
fi
rm faulty.yml

python3 "$root/tests/scripts/ansible.py" "$root" \
  "${IISDIAG_BUILD_DIR:-$root/build}/iisdiag" "$scratch/ansible" "$scratch"
