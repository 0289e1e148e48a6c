"""The program under valgrind's memcheck, on every scenario and several at once,
with every report.

usage: valgrind.py SOURCE_DIR PROGRAM

Fails where memcheck complains, memory is lost, or the program prints or answers
anything else than it does by itself.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

COMPLAINT = 99
MEMCHECK = ["valgrind", "--quiet", f"--error-exitcode={COMPLAINT}",
            "--leak-check=full", "--errors-for-leak-kinds=definite,possible",
            "--num-callers=30"]
# A value that nobody wrote decides, and the memory is lost.
FAULTY = "int main() { int* two = new int[2]; return two[1] > 5 ? 1 : 0; }\n"


def run(command):
    return subprocess.run(command, capture_output=True, check=False)


def prove_that_it_can_fail(scratch):
    source = pathlib.Path(scratch, "faulty.cpp")
    source.write_text(FAULTY, encoding="ascii")
    program = str(source.with_suffix(""))
    subprocess.run(["c++", "-g", "-o", program, str(source)], check=True)
    code = run(MEMCHECK + [program]).returncode
    if code != COMPLAINT:
        sys.exit(f"valgrind.py: a faulty program ends with {code}")


def formats(program):
    """The ids of `iisdiag list formats`."""
    text = run([program, "list", "formats"]).stdout.decode()
    return [line.split()[0] for line in text.splitlines() if line[:1].isalpha()]


def complaint_about(program, evidence, reports):
    """What is wrong with a run over one path, or over several servers; empty
    where nothing is."""
    call = [program, "check", *map(str, evidence), "--verbose"]
    with tempfile.TemporaryDirectory() as folder:
        for report in reports:
            call += ["--report", f"{report}={folder}/{report}"]
        watched = run(MEMCHECK + call)
        plain = run(call)
    if plain.returncode == 3:
        return plain.stderr.decode(errors="replace")
    if watched.returncode == COMPLAINT or watched.stderr != plain.stderr:
        return watched.stderr.decode(errors="replace")
    if watched.returncode != plain.returncode:
        return f"exit code {watched.returncode}, not {plain.returncode}"
    # The time of the check stands in no line of the text.
    if watched.stdout != plain.stdout:
        return "another report than without valgrind"
    return ""


def main():
    source, program = sys.argv[1:]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        prove_that_it_can_fail(scratch)
    reports = formats(program)
    if "json" not in reports:
        sys.exit(f"valgrind.py: what formats are these? {reports}")
    scenarios = sorted(pathlib.Path(source, "tests/scenarios").glob(
        "*/evidence"))
    if not scenarios:
        sys.exit("valgrind.py: no scenarios")
    failed = 0
    # Lines of JSON are for several servers: a few of them, and one that is none.
    single = [name for name in reports if name != "jsonl"]
    runs = {evidence.parent.name: ([evidence], single)
            for evidence in scenarios}
    runs["several servers"] = (["--each", *scenarios[::20], "no-such-server"],
                               reports)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(
            lambda job: complaint_about(program, *job), runs.values())
        for name, complaint in zip(runs, found):
            if complaint:
                failed += 1
                print(f"{name}: {complaint}")
    print(f"{len(scenarios)} scenarios, {len(reports)} reports each, "
          f"{failed} with complaints, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
