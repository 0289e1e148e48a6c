"""Stands in for ansible.windows.setup: a German Windows, of 32 bits where the
host's remote_tmp says so."""

from ansible.module_utils.basic import AnsibleModule


def main():
    module = AnsibleModule({"gather_subset": {"type": "list"}})
    bits = 32 if "bits32" in module._remote_tmp else 64
    module.exit_json(ansible_facts={"ansible_architecture": f"{bits}-Bit"})


main()
