"""clang-tidy over src/*.cpp, two at a time, skipping what was clean before.

usage: tidy.py SOURCE_DIR BUILD_DIR

A translation unit is looked at again when its key changes: a hash of
.clang-tidy, clang-tidy's version, the compile command, the file, and every
header that Ninja recorded for it (own ones by content, others by size and
time).
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys


def recorded_headers(build):
    """What Ninja knows: object file -> the files it was made from."""
    output = subprocess.run(
        ["ninja", "-C", build, "-t", "deps"],
        check=True, capture_output=True, text=True).stdout
    headers, current = {}, None
    for line in output.splitlines():
        if line.startswith("    "):
            headers[current].append(line.strip())
        elif ": #deps" in line:
            current = line.split(": #deps")[0]
            headers[current] = []
    return headers


def object_file(command):
    """What a compile command writes, as Ninja names it."""
    words = shlex.split(command)
    return words[words.index("-o") + 1]


def fingerprint(path, source, cache):
    """A file of ours by what it says, any other by size and time."""
    if path not in cache:
        try:
            if path.is_relative_to(source):
                state = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                stat = path.stat()
                state = f"{stat.st_size} {stat.st_mtime_ns}"
        except FileNotFoundError:
            state = "gone"
        cache[path] = state
    return cache[path]


def reasons_missing(rules):
    """Checks that .clang-tidy turns off without a comment that says why."""
    disabled = re.findall(r"^\s+-([a-z*][A-Za-z0-9.*-]*),?\s*$", rules, re.M)
    explained = re.findall(r"^#\s+-([a-z][A-Za-z0-9.*-]*): \S", rules, re.M)
    return [name for name in disabled if name != "*" and name not in explained]


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    build = pathlib.Path(sys.argv[2]).resolve()
    rules = (source / ".clang-tidy").read_text()
    missing = reasons_missing(rules)
    if missing:
        sys.exit(f".clang-tidy gives no reason for: {', '.join(missing)}")

    version = subprocess.run(["clang-tidy", "--version"], check=True,
                             capture_output=True, text=True).stdout
    # The processor it happens to run on is no part of the version.
    version = re.sub(r"(?m)^\s*Host CPU:.*$", "", version)
    clean = build / "tidy-clean"
    clean.mkdir(exist_ok=True)
    headers = recorded_headers(build)
    cache = {}

    due = []
    units = 0
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if not file.is_relative_to(source / "src"):
            continue
        units += 1
        key = hashlib.sha256()
        for part in (rules, version, entry["command"], str(file)):
            key.update(part.encode() + b"\0")
        inputs = [file]
        # Without a record (never built): every header of ours.
        recorded = headers.get(object_file(entry["command"]), [])
        inputs += ([build / name for name in recorded]
                   or sorted((source / "src").rglob("*.hpp")))
        for path in inputs:
            # Ninja names files relative to the build tree or absolutely.
            path = pathlib.Path(os.path.normpath(path))
            state = fingerprint(path, source, cache)
            key.update(f"{path} {state}\0".encode())
        mark = clean / key.hexdigest()
        if not mark.exists():
            due.append((file, mark))
    if not units:
        sys.exit(f"{build}/compile_commands.json names nothing below src/")

    def look_at(unit):
        file, mark = unit
        run = subprocess.run(
            ["clang-tidy", "--quiet", "-p", str(build),
             # The commands are GCC's; it knows warnings that Clang does not.
             "--extra-arg=-Wno-unknown-warning-option", str(file)],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if run.returncode == 0 and not run.stdout.strip():
            mark.touch()
            return ""
        # What it says on standard error is how much it does not say.
        return (run.stdout.strip() or run.stderr).replace(f"{source}/", "")

    failures = 0
    told = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for output in pool.map(look_at, due):
            failures += bool(output)
            # A finding in a header comes once for each file that includes it.
            for finding in re.split(r"\n(?=\S+:\d+:\d+: (?:error|warning):)",
                                    output):
                if finding.strip() and finding not in told:
                    told.add(finding)
                    print(finding.rstrip(), flush=True)
    print(f"clang-tidy: {units} files, {len(due)} looked at, "
          f"{failures} with findings")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
