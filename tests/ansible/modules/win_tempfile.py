"""Stands in for ansible.windows.win_tempfile."""

import tempfile

from ansible.module_utils.basic import AnsibleModule


def main():
    module = AnsibleModule({
        "path": {"required": True}, "prefix": {"required": True},
        "state": {"required": True, "choices": ["directory"]}})
    parent = module.params["path"].removeprefix("Z:").replace("\\", "/")
    made = tempfile.mkdtemp(prefix=module.params["prefix"], dir=parent)
    module.exit_json(changed=True, path="Z:" + made.replace("/", "\\"))


main()
