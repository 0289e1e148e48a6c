"""Stands in for ansible.windows.win_file. A file called held is one that
Windows would not delete."""

import os
import shutil

from ansible.module_utils.basic import AnsibleModule


def main():
    module = AnsibleModule({
        "path": {"required": True},
        "state": {"required": True, "choices": ["absent"]}})
    path = module.params["path"].removeprefix("Z:").replace("\\", "/")
    if os.path.exists(os.path.join(path, "held")):
        module.fail_json(msg="a file is in use")
    shutil.rmtree(path)
    module.exit_json(changed=True)


main()
