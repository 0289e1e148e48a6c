"""Runs the playbook of contrib/ansible against hosts that are this machine.

usage: ansible.py SOURCE_DIR PROGRAM CONTRIB_DIR SCRATCH_DIR

Each host has evidence of its own and answers through a local connection; one is
not reached; on two the program does not do what it should; on one it is the
Windows program in Wine, where that was built. Whole results are compared: exit
code, statuses of the merged report, what is left behind.
"""

import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys

SOURCE, PROGRAM, CONTRIB, SCRATCH = map(pathlib.Path, sys.argv[1:5])
LEFT = SCRATCH / "temporary"  # where the role makes its folders


def scenario(name):
    return str(SOURCE / "tests/scenarios" / name / "evidence")


def script(name, text):
    path = SCRATCH / name
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def on_this_machine(**variables):
    return {"ansible_connection": "local",
            "ansible_python_interpreter": sys.executable, **variables}


def run(name, hosts, *more, **variables):
    """The playbook's exit code, what it said, and each "host status"."""
    reports = SCRATCH / name
    inventory = SCRATCH / f"{name}.json"
    inventory.write_text(json.dumps({"iis": {"hosts": hosts}}))
    arguments = {"iisdiag_program": str(PROGRAM),
                 "iisdiag_reports": str(reports),
                 "iisdiag_posix_parent": str(LEFT), **variables}
    called = subprocess.run(
        ["ansible-playbook", "-i", str(inventory), "check.yml",
         "-e", json.dumps(arguments), *more],
        cwd=CONTRIB, capture_output=True, text=True, timeout=300,
        stdin=subprocess.DEVNULL)
    merged = reports / "servers.json"
    statuses = []
    if merged.exists():
        # The name of its file for one that could not be read.
        statuses = sorted(f"{host['host']} {host['status']}" for host in
                          json.loads(merged.read_text())["hosts"])
    return called.returncode, called.stdout + called.stderr, statuses


FAILED = []


def expect(what, wanted, got, said=""):
    if wanted != got:
        FAILED.append(what)
        print(f"{what}:\n  wanted {wanted}\n  got    {got}\n{said}")


def wine():
    """Variables of a host whose program is that for Windows, if there is one."""
    program = SOURCE / "build-win64" / "iisdiag.exe"
    if not program.exists():
        print("no build-win64/iisdiag.exe: the Windows program is left out")
        return {}
    return {"wine": on_this_machine(
        iisdiag_posix_program=str(program),
        iisdiag_posix_launcher=[str(SOURCE / "scripts/wine")],
        iisdiag_evidence=[scenario("right-missing-2016")])}


def main():
    LEFT.mkdir()
    good = on_this_machine(iisdiag_evidence=[scenario("appcmd-xml-builtin-iusr")],
                           iisdiag_options=["--computer", "GOOD"])
    bad = on_this_machine(iisdiag_evidence=[scenario("q253204")])
    unsure = on_this_machine(iisdiag_evidence=[scenario("healthy-iis6")])
    lost = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1",
            "ansible_port": 1, "ansible_user": "nobody",
            "ansible_ssh_common_args": "-o ConnectTimeout=2 -o BatchMode=yes"}
    crashing = on_this_machine(
        iisdiag_posix_program=script("crash", "kill -SEGV $$\n"))
    rubbish = on_this_machine(iisdiag_posix_program=script(
        "rubbish", 'for last; do case $last in json=*) '
        'echo "Access is denied." >"${last#json=}";; esac; done\nexit 0\n'))

    code, said, statuses = run("whole", {
        "good": good, "bad": bad, "unsure": unsure, "lost": lost,
        "crashing": crashing, "rubbish": rubbish, **wine()})
    wanted = ["GOOD passed", "WEB01 failed", "WEB01 unknown",
              "crashing unknown", "lost unknown", "rubbish unknown"]
    if wine():
        wanted = sorted([*wanted, "WEB55 failed"])
    expect("statuses of all", wanted, statuses, said)
    expect("exit code of all", 2, code, said)
    for words in ("something failed on a server", "lost: ", "crashing: ",
                  "Failed: "):
        expect(f"it says {words!r}", True, words in said, said)
    expect("left behind", [], sorted(os.listdir(LEFT)))
    expect("whose files the reports are", "0o700",
           oct((SCRATCH / "whole/hosts").stat().st_mode & 0o777))
    expect("the page of all", True, (SCRATCH / "whole/servers.html").exists())

    code, said, statuses = run("fine", {"good": good})
    expect("all in order", (0, ["GOOD passed"]), (code, statuses), said)

    code, said, statuses = run("lost", {"lost": lost})
    expect("nobody answers", (2, ["lost unknown"]), (code, statuses), said)
    code, said, statuses = run("allowed", {"lost": lost, "good": good},
                               iisdiag_allow_incomplete=True)
    expect("nobody answers, and that is allowed", 0, code, said)

    # A report of yesterday must not stand for a host that is lost today.
    run("stale", {"lost": good})
    code, said, statuses = run("stale", {"lost": lost})
    expect("a stale report", ["lost unknown"], statuses, said)

    # What a host's `collect` would write, without a Windows.
    shutil.make_archive(str(SCRATCH / "collection"), "zip", scenario("q253204"))
    collecting = on_this_machine(iisdiag_mode="collect",
                                 iisdiag_posix_program=script(
        "collect", f'[ "$1 $2" = "collect -o" ] && cp {SCRATCH}/collection.zip '
        '"$3"\n'))
    code, said, statuses = run("collected", {"web": collecting})
    expect("a collection", (2, ["WEB01 failed"]), (code, statuses), said)
    expect("the collection came home", True,
           (SCRATCH / "collected/hosts/web.zip").exists())

    code, said, statuses = run("options", {"web": on_this_machine(
        iisdiag_options="--strict")})
    expect("options that are no list", (2, ["web unknown"]),
           (code, statuses), said)
    code, said, _ = run("nobody", {})
    expect("nobody was asked", True, code != 0 and "no server was asked" in said,
           said)
    code, said, _ = run("dry", {"good": good}, "--check")
    expect("a dry run", (0, False), (code, (SCRATCH / "dry").exists()), said)
    expect("left behind at the end", [], sorted(os.listdir(LEFT)))

    # Whoever compares nothing finds nothing.
    before = len(FAILED)
    expect("(meant to differ)", ["GOOD failed"], ["GOOD passed"])
    if len(FAILED) != before + 1:
        sys.exit("this test cannot fail")
    FAILED.pop()
    print(f"{len(FAILED)} faults")
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    main()
