"""Stands in for ansible.windows.win_command: what begins as a script is run as
it is, everything else in Wine."""

import os
import subprocess

from ansible.module_utils.basic import AnsibleModule


def main():
    module = AnsibleModule({
        "argv": {"type": "list", "elements": "str", "required": True},
        "chdir": {"required": True}})
    argv = module.params["argv"]
    folder = module.params["chdir"].removeprefix("Z:").replace("\\", "/")
    program = argv[0].removeprefix("Z:").replace("\\", "/")
    with open(program, "rb") as file:
        script = file.read(2) == b"#!"
    argv[0] = program
    if not script:
        argv.insert(0, os.environ["IISDIAG_TEST_WINE"])
    # On a busy machine Wine sometimes starts a program not at all.
    for _ in range(3):
        run = subprocess.run(argv, cwd=folder, text=True, capture_output=True,
                             stdin=subprocess.DEVNULL)
        if run.returncode != 1 or run.stderr or len(run.stdout) > 100:
            break
    # As the module of Windows does.
    module.exit_json(changed=True, failed=run.returncode != 0,
                     rc=run.returncode, stdout=run.stdout, stderr=run.stderr)


main()
