"""Asks bash, zsh and fish what they complete; completions.sh says why.

usage: completions.py SOURCE_DIR BUILD_DIR
"""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

BASH = "bash-completion/completions/iisdiag"
ZSH = "zsh/site-functions/_iisdiag"
FISH = "fish/vendor_completions.d/iisdiag.fish"

FILES = ("evidence", "rights.inf", "web01.zip")
HELP = "--help -h"
CHECK_OPTIONS = (
    "--account --allow-incomplete --at --color --computer --demo --each "
    "--format --help --iis --no-logon --node --only --password-stdin --quiet --report "
    "--role --skip --strict --verbose --windows -a -f -h -q -r -v")
MERGE_OPTIONS = (
    "--allow-incomplete --color --format --help --quiet --report --strict "
    "--verbose -f -h -q -r -v")
WINDOWS = ("nt4 2000 xp 2003 vista 2008 2008r2 7 2012 8 8.1 2012r2 10 2016 "
           "2019 2022 11 2025")


def listed(program, topic, level=""):
    """First words of the lines of `list TOPIC` that are indented by LEVEL."""
    out = subprocess.run([program, "list", topic], text=True, check=True,
                         capture_output=True).stdout
    return re.findall(rf"(?m)^{level}([A-Za-z0-9][\w.-]*)", out)


def cases(program):
    """Of what is typed, all that may be offered for its last word."""
    formats = listed(program, "formats")
    demos = listed(program, "demos")
    checks = listed(program, "checks")
    findings = listed(program, "findings", "  ")
    reports = [f"{name}=" for name in formats]
    files = list(FILES)
    words = {
        "": "check collect diff explain list merge",
        "c": "check collect",
        "-": HELP + " --version",
        "--v": "--version",
        "check -": CHECK_OPTIONS,
        "check --co": "--color --computer",
        "check --fo": "--format",
        "check --format ": formats,
        "check --format=": formats,
        "check -f ": formats,
        "check -f js": "json jsonl",
        "check --format=ju": "junit",
        "check --format=zz": "",
        "check --report ": reports,
        "check --report=": reports,
        "check -r ju": "junit=",
        "check -r json=": files,
        "check --report json=we": "web01.zip",
        "check --report=json=we": "web01.zip",
        "check --report=jsn=we": None,
        "check --demo=": demos,
        "check --demo=healthy-": [d for d in demos if d.startswith("healthy-")],
        "check --demo ": files,
        "check --only ": checks,
        "check --skip=pass": "password-sync",
        "check --color ": "auto always never",
        "check --role=": "workstation member dc",
        "check --iis 1": "1.0 10.0",
        "check --windows ": "nt3.51 " + WINDOWS,
        "check --windows=nt": "nt3.51 nt4",
        "check --account ": "",
        "check --at ": "",
        "check ": files,
        "check rights.inf we": "web01.zip",
        "check --only user-rights -f text ev": "evidence",
        "check -- ": files,
        "check --ea": "--each",
        "check --each ": files,
        "check --each web01.zip ev": "evidence",
        "collect -": HELP + " --output --script --windows -o",
        "collect --windows ": WINDOWS,
        "collect -o ": files,
        "explain -": HELP,
        "explain ": checks + findings,
        "explain 1326 right-": "right-denied right-local-missing "
                               "right-missing right-overwritten",
        "merge -": MERGE_OPTIONS,
        "merge -f ta": "tap",
        "merge ": files,
        "merge evidence web": "web01.zip",
        "diff -": HELP,
        "diff ": files,
        "diff web01.zip ri": "rights.inf",
        "list ": "checks findings formats evidence demos codes",
        "list de": "demos",
        "list -": HELP,
    }
    return {typed: sorted(offered.split() if isinstance(offered, str)
                          else offered)
            for typed, offered in words.items() if offered is not None}


def bash(share, typed, folder):
    """readline cuts words at blanks and around each row of "="."""
    script = f"""
        source {share / BASH} || exit 1
        while IFS= read -r line; do
          COMP_LINE=$line COMP_POINT=${{#line}} COMP_TYPE=9 COMP_KEY=9
          mapfile -t COMP_WORDS < <(grep -oE '=+|[^ =]+' <<<"$line")
          [[ $line == *" " ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
          COMPREPLY=()
          _iisdiag iisdiag
          echo "${{COMPREPLY[*]}}"
        done"""
    return run(["bash", "--norc", "--noprofile", "-c", script], typed, folder)


def zsh(share, typed, folder, source):
    scratch = folder.parent / "zsh"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return run(["zsh", "-f", str(source / "tests/scripts/completions.zsh"),
                str((share / ZSH).parent), str(scratch)], typed, folder)


def fish(share, typed, folder):
    script = f"""
        source {share / FISH}; or exit 1
        while read -l line
            set -l found (complete -C $line | string replace -r '\\t.*' '')
            echo $found
        end"""
    found = run(["fish", "--no-config", "-c", script], typed, folder)
    # Where a value may be left out, fish offers the option with "=", too.
    return [[word for word in words if word != "--demo="] for words in found]


def run(command, typed, folder):
    lines = "".join(f"iisdiag {line}\n" for line in typed)
    env = {**os.environ, "HOME": str(folder.parent), "LC_ALL": "C.UTF-8",
           "XDG_CONFIG_HOME": str(folder.parent / "config"),
           "XDG_DATA_HOME": str(folder.parent / "data")}
    ran = subprocess.run(command, input=lines, text=True, cwd=folder, env=env,
                         capture_output=True, timeout=120)
    if ran.returncode or ran.stderr:
        sys.exit(f"{command[0]} ends with {ran.returncode}: {ran.stderr}")
    return [line.split() for line in ran.stdout.splitlines()]


def offered(typed, found):
    """What was found, without what stands in the word already: shells differ
    in whether they repeat "--format="."""
    word = typed.rpartition(" ")[2]
    kept = word[:word.rfind("=") + 1]
    return sorted(name.removeprefix(kept).rstrip("/") for name in found)


def complaints(source, share, wanted, folder):
    typed = list(wanted)
    for name, found in (("bash", bash(share, typed, folder)),
                        ("zsh", zsh(share, typed, folder, source)),
                        ("fish", fish(share, typed, folder))):
        if len(found) != len(typed):
            yield f"{name} answers {len(found)} lines of {len(typed)}"
        for line, words in zip(typed, found):
            if offered(line, words) != wanted[line]:
                yield (f"{name}: iisdiag {line}\n  wanted:  {wanted[line]}\n"
                       f"  offered: {offered(line, words)}")


def typed_at_bash(share, folder):
    """What becomes of keys in a bash behind a terminal: the words that a
    command of this name is given."""
    keys = {
        "iisdiag check --demo=q\t": "<check><--demo=q253204>",
        "iisdiag check -r ju\tr\t": "<check><-r><junit=rights.inf>",
        "iisdiag check --report=ju\tevi\tx": "<check>"
        "<--report=junit=evidence/x>",
        "iisdiag expl\tright-den\t": "<explain><right-denied>",
        'iisdiag check "with bl\t': "<check><with blank.txt>",
    }
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"],
                   {"PATH": os.environ["PATH"], "PS1": "", "TERM": "dumb",
                    "INPUTRC": "/dev/null", "LC_ALL": "C.UTF-8"})
    os.write(terminal, b"iisdiag() { printf '<%s>' \"$@\"; echo '[end]'; }; "
             b"source " + bytes(share / BASH) + b"\n")
    for line, wanted in keys.items():
        os.write(terminal, line.encode() + b"\n")
        shown, until = "", time.monotonic() + 30
        while "[end]\r\n" not in shown and time.monotonic() < until:
            if select.select([terminal], [], [], 1)[0]:
                shown += os.read(terminal, 4096).decode()
        if wanted + "[end]" not in shown:
            yield f"bash, typed at: {line!r} gives {shown!r}, not {wanted}"
    os.write(terminal, b"exit\n")
    os.close(terminal)
    os.waitpid(child, 0)


def prove_that_it_can_fail(source, share, wanted, folder):
    copy = folder.parent / "share"
    for name, shell in ((BASH, "bash"), (ZSH, "zsh"), (FISH, "fish")):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(share, copy)
        text = (copy / name).read_text()
        (copy / name).write_text(text.replace("workstation member dc",
                                              "workstation member"))
        found = list(complaints(source, copy, wanted, folder))
        if len(found) != 1 or not found[0].startswith(f"{shell}: iisdiag check "
                                                      "--role="):
            sys.exit(f"completions.py accepts a {shell} without a role, or "
                     f"finds something else: {found}")


def main():
    source, build = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    share = build / "share"
    wanted = cases(build / "iisdiag")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch).resolve() / "cases"
        folder.mkdir()
        for name in FILES[1:]:
            (folder / name).touch()
        (folder / FILES[0]).mkdir()
        found = list(complaints(source, share, wanted, folder))
        if not found:
            prove_that_it_can_fail(source, share, wanted, folder)
        (folder / "with blank.txt").touch()
        found += typed_at_bash(share, folder)
    print(*found, sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
