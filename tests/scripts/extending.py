"""Follows the code blocks of docs/extending.md; extending.sh says how.

usage: extending.py write|run PAGE TREE
"""

import os
import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*([\w+-]*)\s*$")
MARKER = re.compile(r"^(?://|#|;)\s*(file|add to):\s*(\S.*?)\s*$")


def blocks(text):
    """(line number, language, lines without the fence's indentation)."""
    found, opened = [], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if opened is None:
            if fence:
                opened = (number, fence, [])
        elif (fence and not fence[3]
              and fence[2].startswith(opened[1][2])):
            found.append((opened[0], opened[1][3], opened[2]))
            opened = None
        else:
            indentation = opened[1][1]
            opened[2].append(line.removeprefix(indentation))
    if opened is not None:
        sys.exit(f"line {opened[0]}: this code block does not end")
    return found


def write(found, tree):
    """Does what the `file` and `add to` blocks say."""
    done = []
    for number, _, lines in found:
        marker = MARKER.match(lines[0]) if lines else None
        if not marker:
            continue
        action, name = marker[1], marker[2]
        path = (tree / name).resolve()
        body = "\n".join(lines[1:]) + "\n"
        if not path.is_relative_to(tree):
            sys.exit(f"line {number}: {name} is outside of the tree")
        if action == "file":
            if path.exists():
                sys.exit(f"line {number}: {name} is there already")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
        else:
            if not path.exists():
                sys.exit(f"line {number}: there is no {name} to add to")
            before = path.read_text()
            if before and not before.endswith("\n"):
                before += "\n"
            path.write_text(before + body)
        done.append((action, name))
        print(f"{action}: {name}")
    for wanted in (("file", "src/evidence/"), ("add to", "src/evidence/"),
                   ("file", "src/checks/"), ("add to", "src/checks/")):
        if not any(action == wanted[0] and name.startswith(wanted[1])
                   for action, name in done):
            sys.exit(f"the page has no block '{wanted[0]}: {wanted[1]}...'")


def commands(found):
    """(line number, command, lines that it has to print) of the sh blocks."""
    for start, language, lines in found:
        if language not in ("sh", "console"):
            continue
        current = None
        for number, line in enumerate(lines, start + 1):
            if line.startswith("$ "):
                if current:
                    yield current
                current = (number, line[2:], [])
            elif current and current[1].endswith("\\") and not current[2]:
                current = (current[0], f"{current[1]}\n{line}", [])
            elif current:
                current[2].append(line)
        if current:
            yield current


def matches(expected, printed):
    """Line by line, where `...` stands for any lines or none."""
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "..."
        else re.escape(line.rstrip()) + r"\n"
        for line in expected)
    text = "".join(line.rstrip() + "\n" for line in printed)
    return re.fullmatch(pattern, text) is not None


def run(found, tree):
    """Runs the commands of the page and compares what they print."""
    # The program by its bare name, as it is called once it is installed.
    environment = dict(os.environ)
    environment["PATH"] = f"{tree}/build:{environment['PATH']}"
    calls = list(commands(found))
    failures = 0
    for number, command, expected in calls:
        result = subprocess.run(
            ["bash", "-c", command], cwd=tree, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=300)
        if expected:
            good = matches(expected, result.stdout.splitlines())
        else:
            good = result.returncode == 0
        print(f"{'ok' if good else 'NOT OK'}: line {number}: $ {command}")
        if not good:
            failures += 1
            print("expected:", *expected, sep="\n    ")
            print(f"printed (exit {result.returncode}):",
                  *result.stdout.splitlines(), sep="\n    ")
    for wanted in ("list evidence", "list checks", "check "):
        if not any(f"iisdiag {wanted}" in command for _, command, _ in calls):
            sys.exit(f"the page has no command 'iisdiag {wanted.strip()}'")
    sys.exit(1 if failures else 0)


def main():
    action, page, tree = sys.argv[1:]
    found = blocks(pathlib.Path(page).read_text())
    tree = pathlib.Path(tree).resolve()
    {"write": write, "run": run}[action](found, tree)


if __name__ == "__main__":
    main()
