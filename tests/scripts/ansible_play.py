"""Runs the playbook of contrib/ansible against hosts of all kinds; ansible.sh
says how.

usage: ansible_play.py SOURCE_DIR PROGRAM WINDOWS_PROGRAM
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

import yaml

from ansible_hosts import HOSTS, SECRET, STAND_INS, WINDOWS


class Play:
    """A scratch folder, with an inventory, for one state of contrib/ansible."""

    def __init__(self, source, contrib, iisdiag, windows):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="iisdiag-ansible."))
        self.source, self.contrib, self.iisdiag = source, contrib, iisdiag
        self.hosts = HOSTS | (WINDOWS if windows else {})
        self.temp = self.scratch / "temporary"
        self.reports = self.scratch / "reports"
        for folder in (self.temp, self.scratch / "home"):
            folder.mkdir()
        archive = self.scratch / "web61.zip"
        with zipfile.ZipFile(archive, "w") as collection:
            captured = source / "tests/scenarios/disabled-japanese-2019/evidence"
            for file in captured.iterdir():
                collection.write(file, file.name)
        for name, script in STAND_INS.items():
            file = self.scratch / name
            file.write_text("#!/bin/sh\n" + script.replace(
                "@ZIP@", str(archive)) + "\n")
            file.chmod(0o700)
        modules = (self.scratch /
                   "collections/ansible_collections/ansible/windows/plugins")
        modules.mkdir(parents=True)
        stand_ins = source / "tests/ansible"
        shutil.copytree(stand_ins / "modules", modules / "modules")
        self.write_inventory(windows)
        self.environment = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "HOME": str(self.scratch / "home"),
            # Else those of the user, whatever HOME is.
            "ANSIBLE_ASYNC_DIR": str(self.scratch / "home/.ansible_async"),
            "ANSIBLE_REMOTE_TMP": str(self.scratch / "home/.ansible/tmp"),
            "ANSIBLE_CONFIG": str(contrib / "ansible.cfg"),
            "ANSIBLE_COLLECTIONS_PATH": str(self.scratch / "collections"),
            "ANSIBLE_CONNECTION_PLUGINS": str(stand_ins / "connection"),
            "ANSIBLE_LIBRARY": str(stand_ins / "library"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "IISDIAG_TEST_WINE": str(self.scratch / "wine"),
        }
        # Wine's folder is the caller's, whatever HOME is to Ansible.
        wine = self.scratch / "wine"
        wine.write_text(f"#!/bin/sh\nHOME='{os.environ.get('HOME', '')}' exec "
                        f"'{source}/scripts/wine' \"$@\"\n")
        wine.chmod(0o700)

    def write_inventory(self, windows):
        def group(hosts, **variables):
            return {"hosts": {name: of[0] for name, of in hosts.items()},
                    "vars": variables}

        text = json.dumps({
            "iis": {
                "children": {
                    "here": group(
                        HOSTS, ansible_connection="local",
                        iisdiag_posix_parent=str(self.temp)),
                    "windows": group(
                        WINDOWS if windows else {}, ansible_connection="winrm",
                        iisdiag_windows_parent=f"Z:{self.temp}".replace(
                            "/", "\\"),
                        iisdiag_windows_program_64=str(windows),
                        iisdiag_windows_program_32=str(windows))},
                "vars": {
                    "ansible_python_interpreter": sys.executable,
                    "iisdiag_program": str(self.iisdiag),
                    "iisdiag_reports": str(self.reports)}},
            "others": {"hosts": {"other": {}}}})
        text = text.replace("@SOURCE@", str(self.source)).replace(
            "@SCRATCH@", str(self.scratch))
        (self.scratch / "inventory.json").write_text(text)

    def run(self, *arguments, hosts=None):
        if hosts:
            arguments = ("--limit", ",".join(hosts), *arguments)
        return subprocess.run(
            ["ansible-playbook", "-i", self.scratch / "inventory.json",
             *arguments, self.contrib / "check.yml"],
            cwd=self.scratch, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=600)

    def left_at_home(self, something_was_ended):
        """What Ansible's own folders hold. A watcher of its jobs looks only every
        five seconds whether it can tidy up, and of a job that was ended some
        remains."""
        home = self.scratch / "home"
        for _ in range(40):
            left = files(home)
            if not left or something_was_ended:
                break
            time.sleep(0.25)
        if something_was_ended:
            shutil.rmtree(home)
            home.mkdir()
            return ()
        return sorted(left)

    def remove(self):
        shutil.rmtree(self.scratch)


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")
            if path.is_file()}


def digest(folder):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def is_running(*words):
    """Is there a process with this command line?"""
    wanted = b"".join(word.encode() + b"\0" for word in words)
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == wanted:
                return True
        except OSError:
            pass  # it has ended
    return False


def judge(play, hosts, *arguments, code, before=()):
    """Runs the playbook for these hosts and compares everything with HOSTS."""
    shutil.rmtree(play.reports, ignore_errors=True)
    for name in before:
        (play.reports / "hosts").mkdir(parents=True, exist_ok=True)
        (play.reports / "hosts" / name).write_text("of an earlier run")
    run = play.run(*arguments, hosts=hosts)
    what = " ".join([",".join(hosts), *arguments])
    if run.returncode != code:
        yield f"{what}: ended with {run.returncode}, not {code}"
    if any(play.temp.iterdir()):
        yield f"{what}: left behind {[*play.temp.rglob('*')]}"
        for path in play.temp.iterdir():
            shutil.rmtree(path)
    for path in (play.reports / "servers.json", play.reports / "servers.html"):
        if not path.exists():
            yield f"{what}: there is no {path.name}\n{run.stdout}"
            return
    merged = json.loads((play.reports / "servers.json").read_text())
    found = sorted((host["host"], host["status"]) for host in merged["hosts"])
    wanted = sorted(play.hosts[name][1:3] for name in hosts)
    if found != wanted:
        yield f"{what}: the report has {found}, not {wanted}\n{run.stdout}"
    brought = {f"hosts/{name}.json" for name in hosts} | {
        f"hosts/{name}.zip" for name in hosts if name == "collected"}
    kept = files(play.reports) - {"servers.html", "servers.json"}
    if kept != brought | {f"hosts/{name}" for name in before
                          if not name.startswith(tuple(hosts))}:
        yield f"{what}: the folder of reports holds {sorted(kept)}"
    if not before and play.reports.stat().st_mode & 0o77:
        yield f"{what}: others may read the reports"
    for name in hosts:
        said = play.hosts[name][3]
        told = re.search(rf"(?s)msg: (?:'|\|-\s+)?{name}: (.*?)\n\S",
                         run.stdout)
        words = " ".join(told[1].split()) if told else None
        if (said is None) != (words is None) or said and not re.search(
                said, words):
            yield f"{what}: of {name} is said: {words}"
    if f"{len(hosts)} server" not in run.stdout:
        yield f"{what}: the report is not shown\n{run.stdout}"
    if SECRET in run.stdout:
        yield f"{what}: a password is shown"
    for _ in range(40):
        if not is_running("sleep", "1000.25"):
            break
        time.sleep(0.25)
    else:
        yield f"{what}: a program that hangs was not ended"
    for path in play.left_at_home("hanging" in hosts):
        yield f"{what}: {path} was left behind"


def complaints(play):
    """What is wrong, with all hosts and all switches."""
    captured = digest(play.source / "tests/scenarios/healthy-iis5")
    mine = digest(play.contrib)
    every = [name for name in play.hosts if name != "asked-less"]
    yield from judge(play, every, "-vvv", code=2)
    good = [name for name in ("fine", "warned", "win64", "win32")
            if name in play.hosts]
    yield from judge(play, good, code=0, before=["fine.zip", "gone.json"])
    yield from judge(play, ["warned"], "-e", "iisdiag_strict=true", code=2)
    yield from judge(play, ["away"], code=2, before=["away.json"])
    yield from judge(play, ["fine", "away"], "-e",
                     "iisdiag_allow_incomplete=true", code=0)
    yield from judge_options(play)
    yield from judge_rehearsal(play)
    yield from judge_nobody(play)
    yield from judge_left_behind(play)
    if digest(play.source / "tests/scenarios/healthy-iis5") != captured:
        yield "the evidence was changed"
    if digest(play.contrib) != mine:
        yield "the playbook's own folder was changed"


def judge_options(play):
    """Each word of the list is a word for the program."""
    play.run(hosts=["asked-less"])
    file = play.reports / "hosts/asked-less.json"
    report = json.loads(file.read_text() or "{}")
    if not report:
        yield "there is no report where options were given"
        return
    first = report["hosts"][0]["identities"][0]["checks"][0]
    if (first["id"], first["status"]) != ("account-lookup", "skipped"):
        yield f"the options do not reach the program: {first}"


def judge_rehearsal(play):
    """--check asks who answers, and does nothing."""
    shutil.rmtree(play.reports, ignore_errors=True)
    for hosts, code in ((["fine", "warned"], 0), (["fine", "away"], 2)):
        run = play.run("--check", hosts=hosts)
        if run.returncode != code or "changed=0" not in run.stdout or \
                re.search("changed=[1-9]", run.stdout):
            yield f"--check of {hosts}: {run.returncode}\n{run.stdout}"
    if play.reports.exists() or any(play.temp.iterdir()):
        yield "--check wrote something"


def judge_nobody(play):
    """Nobody to ask is no success."""
    empty = play.scratch / "empty.json"
    empty.write_text("{}")
    for arguments in (["--limit", "other"], ["-e", "x=1", "-i", str(empty)]):
        if "-i" in arguments:
            run = subprocess.run(
                ["ansible-playbook", "-i", empty, play.contrib / "check.yml"],
                env=play.environment, text=True, capture_output=True,
                stdin=subprocess.DEVNULL, timeout=60)
        else:
            run = play.run(*arguments)
        if run.returncode != 2 or "no server of the group" not in run.stdout:
            yield f"{arguments}: {run.returncode}\n{run.stdout}"


def judge_left_behind(play):
    """A folder that cannot be removed is told, and fails the play, whatever else
    is allowed."""
    if "win64" not in play.hosts:
        return
    run = play.run("-e", "iisdiag_allow_incomplete=true", "-e",
                   f"iisdiag_windows_program_64={play.scratch}/holder",
                   hosts=["win64"])
    left = [path.name for path in play.temp.iterdir()]
    for name in left:
        shutil.rmtree(play.temp / name)
    if run.returncode != 2 or len(left) != 1 or not re.search(
            rf"is still there: win64\s+Z:\S*{left[0]}", run.stdout):
        yield f"a folder {left} was left: {run.returncode}\n{run.stdout}"


def lint(contrib):
    """What ansible-lint and yamllint say."""
    for command in (
            ["ansible-lint", "--offline", "--nocolor", "--profile",
             "production", "check.yml", "inventory.example.yml",
             "roles/iisdiag"], ["yamllint", "--strict", "."]):
        run = subprocess.run(command, cwd=contrib, text=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
        if run.returncode:
            yield run.stdout


def tasks_of(node):
    """All tasks below a list of them, those of blocks included."""
    for task in node:
        for part in ("block", "rescue", "always"):
            yield from tasks_of(task.get(part, []))
        if "block" not in task:
            yield task


def judge_options_of_modules(contrib):
    """The stand-ins take what the role says: the real modules have to, too."""
    used = {}
    for path in contrib.glob("roles/*/tasks/*.yml"):
        for task in tasks_of(yaml.safe_load(path.read_text())):
            for name, options in task.items():
                if "." in name and isinstance(options, dict):
                    used.setdefault(name, set()).update(options)
    # Takes names that are not its own.
    used.pop("ansible.builtin.set_fact")
    run = subprocess.run(["ansible-doc", "-j", *used], text=True, check=True,
                         capture_output=True, stdin=subprocess.DEVNULL)
    documented = json.loads(run.stdout)
    for name, options in used.items():
        known = documented.get(name, {}).get("doc", {}).get("options", {})
        for option in options - set(known):
            yield f"{name} has no option {option}"
    if "ansible.windows.win_command" not in used:
        yield "no module of Windows was found"


# (file, a text, what to put there, hosts, arguments, the code that is right, what
# has to be said)
FAULTS = (
    ("tasks/main.yml", "include_tasks: placeholder.yml",
     "debug:\n    msg: no", ["fine", "away"], 2, "of reports holds"),
    ("tasks/posix.yml", "state: absent", "state: directory", ["fine"], 0,
     "left behind"),
    ("tasks/posix.yml", "iisdiag_evidence) }}", "[]) }}", ["fine"], 0,
     "ended with 2, not 0"),
    ("tasks/merge.yml", "code == '0'", "code != '1'", ["away"], 2,
     "ended with 0, not 2"),
    ("tasks/result.yml", "[0, 1, 2]", "[0, 1, 2, 4]", ["no-iis"], 2,
     "of no-iis is said"),
    ("check.yml", "ignore_unreachable: true", "ignore_unreachable: false",
     ["away"], 2, "no servers.json"),
    ("tasks/windows.yml", "if '64' in bits", "if '32' in bits", ["win64"], 0,
     "ended with 2, not 0"),
    ("tasks/windows.yml", "'json=' ~", "'html=' ~", ["win64"], 0,
     "ended with 2, not 0"),
)
LINT_FAULTS = (
    ("tasks/posix.yml", "ansible.builtin.tempfile", "tempfile", "fqcn"),
    ("tasks/posix.yml", "changed_when: false\n      failed_when", "failed_when",
     "no-changed-when"),
    ("defaults/main.yml", "iisdiag_mode: check", "iisdiag_mode:  check",
     "too many spaces"),
)


def copy_with_fault(source, target, name, before, after):
    shutil.copytree(source, target)
    path = target / name if (target / name).exists() else \
        target / "roles/iisdiag" / name
    text = path.read_text()
    if before not in text:
        sys.exit(f"ansible_play.py: there is no {before!r} in {name}")
    path.write_text(text.replace(before, after))


def prove_that_it_can_fail(source, iisdiag, windows):
    contrib = source / "contrib/ansible"
    for name, before, after, hosts, code, wanted in FAULTS:
        if "windows" in name and not windows:
            continue
        with tempfile.TemporaryDirectory() as folder:
            faulty = pathlib.Path(folder) / "ansible"
            copy_with_fault(contrib, faulty, name, before, after)
            play = Play(source, faulty, iisdiag, windows)
            told = "\n".join(judge(play, hosts, code=code))
            play.remove()
        if wanted not in told:
            sys.exit(f"ansible_play.py accepts {after!r} in {name}: {told}")
    for name, before, after, wanted in LINT_FAULTS:
        with tempfile.TemporaryDirectory() as folder:
            faulty = pathlib.Path(folder) / "ansible"
            copy_with_fault(contrib, faulty, name, before, after)
            if wanted not in "".join(lint(faulty)):
                sys.exit(f"ansible_play.py accepts {after!r} in {name}")
    with tempfile.TemporaryDirectory() as folder:
        faulty = pathlib.Path(folder) / "ansible"
        copy_with_fault(contrib, faulty, "tasks/windows.yml", "prefix:",
                        "praefix:")
        if "win_tempfile has no option praefix" not in "\n".join(
                judge_options_of_modules(faulty)):
            sys.exit("ansible_play.py accepts an option that no module has")


def windows_program(source, path):
    """The program of Windows, or nothing where it cannot be run."""
    if not path.exists() or not shutil.which("wine"):
        print(f"ansible.sh: without Windows hosts: no Wine, or no {path}")
        return None
    run = subprocess.run([source / "scripts/wine", path, "--version"],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if run.returncode == 77:
        print("ansible.sh: without Windows hosts: Wine cannot run them here")
        return None
    return path


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    windows = windows_program(source, pathlib.Path(sys.argv[3]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        # It is copied to each host: without what is for the debugger.
        iisdiag = pathlib.Path(folder) / "iisdiag"
        subprocess.run(["strip", "-o", iisdiag, sys.argv[2]], check=True)
        contrib = pathlib.Path(folder) / "ansible"
        shutil.copytree(source / "contrib/ansible", contrib)
        found = [*lint(contrib), *judge_options_of_modules(contrib)]
        play = Play(source, contrib, iisdiag, windows)
        try:
            found += complaints(play)
        finally:
            play.remove()
        print(*found, sep="\n")
        if found:
            sys.exit(1)
        prove_that_it_can_fail(source, iisdiag, windows)


if __name__ == "__main__":
    main()
