"""Are the reports of the Windows program, byte by byte, those of the native one?

usage: reports.py SOURCE_DIR WINDOWS_PROGRAM NATIVE_PROGRAM

For every scenario (with the options of its scenario.json) as text and as JSON,
for every demo in every format, and for all scenarios of healthy servers and a
path that is not there in one run in every format: standard output, standard
error and exit code. Only the time of the check itself may differ.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys


# The times of a check, as the formats have them.
TIME = rb"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?: UTC|Z)?"
TIMES = re.compile(
    rb'("checked_at": ?"|timestamp="|- checked |<time datetime="|\bat <b>)' +
    TIME)


def cases(source, formats):
    """The arguments of each run."""
    listed = (source / "src/cli/demos.def").read_text()
    for name in re.findall(r"(?m)^\s*IISDIAG_DEMO\(\s*([A-Za-z0-9_.-]+)",
                           listed):
        yield ["check", f"--demo={name}", "--verbose"]
        for format_ in formats:
            yield ["check", f"--demo={name}", "--format", format_]
    for evidence in sorted(source.glob("tests/scenarios/*/evidence")):
        scenario = json.loads((evidence.parent / "scenario.json").read_text())
        # Relative, so that both programs are told the same.
        call = ["check", *scenario["options"],
                str(evidence.relative_to(source))]
        yield [*call, "--verbose"]
        yield [*call, "--format", "json"]
    some = [str(evidence.relative_to(source)) for evidence in
            sorted(source.glob("tests/scenarios/healthy-*/evidence"))]
    for format_ in formats:
        yield ["check", "--each", *some, "cases/gone", "--format", format_]
    yield ["check", "--each", "@docs/examples/fleet.txt"]
    yield ["diff", "docs/examples/unknown.json", "docs/examples/fleet.json"]
    yield ["merge", "docs/examples/unknown.json", "docs/examples/fleet.json"]
    for what in ("checks", "findings", "formats", "evidence", "demos", "codes"):
        yield ["list", what]


def outcome(command, source):
    run = subprocess.run(command, cwd=source, capture_output=True,
                         stdin=subprocess.DEVNULL)
    return run.returncode, TIMES.sub(rb"\1", run.stdout), run.stderr


# On a busy machine Wine sometimes starts a program not at all, and says so with
# words of its own or none; seldom it falls over the C library of this system
# when all is done.
def was_not_run(result):
    code, out, err = result
    return (code == 1 and not err and (
        not out or out.startswith(b"Application could not be started"))
        or code == 127 and b"Inconsistency detected by ld.so" in err)


def main():
    source, program, native = (pathlib.Path(path) for path in sys.argv[1:])
    wine = [str(source / "scripts/wine"), str(program)]
    first = subprocess.run([*wine, "--version"], stdin=subprocess.DEVNULL)
    if first.returncode == 77:
        sys.exit(77)
    if not native.exists():
        sys.exit(f"{native} is not there: scripts/test builds it")

    def differs(call):
        theirs = outcome([*wine, *call], source)
        for _ in range(3):
            if was_not_run(theirs):
                theirs = outcome([*wine, *call], source)
        ours = outcome([str(native), *call], source)
        if theirs == ours:
            return None
        return f"{' '.join(call)}\n  native:  {ours}\n  Windows: {theirs}"

    # Proves that it can fail: nobody is told the same by these two.
    if (outcome([*wine, "--version"], source) ==
            outcome([str(native), "--help"], source)):
        sys.exit("reports.py sees no difference where there is one")
    listed = subprocess.run([str(native), "list", "formats"],
                            capture_output=True, text=True, check=True).stdout
    formats = [line.split()[0] for line in listed.splitlines()]
    calls = list(cases(source, formats))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(differs, calls) if text]
    for text in found[:3]:
        print(text)
    print(f"{len(calls)} reports compared, {len(found)} differ")
    sys.exit(1 if found or len(calls) < 100 else 0)


if __name__ == "__main__":
    main()
