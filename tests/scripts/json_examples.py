"""Compares JSON reports with docs/json.md and with each other.

usage: json_examples.py SOURCE_DIR PROGRAM
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

# In docs/json.md: the call, then what the report holds of the check; of several
# servers, what they have in common.
CALL = re.compile(r"(?m)^\$ scripts/iisdiag (check .*-f json)$")
SHOWN = re.compile(r"(?ms)^From \[examples/([a-z]+)\.json\]\(examples/\1\.json\)"
                   r", `([a-z-]+)`:\n\n```json\n(.*?)^```$")
STATUSES = ["passed", "warning", "failed", "unknown", "skipped"]
FLEET = "fleet"
EXAMPLES = [*STATUSES, FLEET]
STATUS_OF = {FLEET: "failed"}
CHECKED_AT = re.compile(r'"checked_at": ?"([^"]*)"')


def run(program, arguments, folder, **env):
    ran = subprocess.run([program, *arguments], cwd=folder, text=True,
                         stdin=subprocess.DEVNULL, capture_output=True,
                         env={**os.environ, **env}, timeout=120)
    return ran.returncode, ran.stdout, ran.stderr


def without_time(report):
    return CHECKED_AT.sub('"checked_at": ""', report)


def shown_of(report, part):
    """That check of the first identity, or that member of the report, laid out
    as in the report."""
    report = json.loads(report)
    if part in report:
        return json.dumps(report[part], indent=2) + "\n"
    identity = report["hosts"][0]["identities"][0]
    found = [one for one in identity["checks"] if one["id"] == part]
    return json.dumps(found[0], indent=2) + "\n"


def example_complaints(source, program, docs, write):
    """For each call of the page the example of the same place in the order."""
    page = (docs / "json.md").read_text()
    calls = CALL.findall(page)
    shown = SHOWN.findall(page)
    names = [name for name, _, _ in shown]
    if names != EXAMPLES or len(calls) != len(EXAMPLES):
        yield f"docs/json.md shows {names} for {len(calls)} calls"
        return
    made = {}
    for call, (name, part, text) in zip(calls, shown):
        _, report, error = run(program, call.split(), source)
        if error or json.loads(report)["status"] != STATUS_OF.get(name, name):
            yield f"{call} is not {name}: {error}"
            continue
        file = docs / "examples" / f"{name}.json"
        there = file.read_text() if file.exists() else ""
        if without_time(there) != without_time(report):
            if write:
                file.write_text(report)
            else:
                yield f"docs/examples/{name}.json is not what {call} prints"
        if text != shown_of(report, part):
            if write:
                made[name] = shown_of(report, part)
            else:
                yield f"docs/json.md shows another {part} for {name}"
        if name in STATUSES and (
                f'"status": "{name}"' not in shown_of(report, part)):
            yield f"docs/json.md shows a {part} that is not {name}"
    for name, text in made.items():
        page = re.sub(rf"(?ms)(^From \[examples/{name}.*?```json\n).*?^```$",
                      lambda at, text=text: f"{at[1]}{text}```", page, count=1)
    if made:
        (docs / "json.md").write_text(page)


def cases(source):
    listed = (source / "src/cli/demos.def").read_text()
    for name in re.findall(r"(?m)^IISDIAG_DEMO\(([^,]+),", listed):
        yield ["check", f"--demo={name}", "-f", "json"]
    for evidence in sorted(source.glob("tests/scenarios/*/evidence")):
        scenario = json.loads((evidence.parent / "scenario.json").read_text())
        yield ["check", *scenario["options"], str(evidence), "-f", "json"]
    # Of several servers, the order in which their threads end must not show.
    all_of_them = sorted(map(str, source.glob("tests/scenarios/*/evidence")))
    for format_ in ("json", "jsonl"):
        yield ["check", "--each", *all_of_them, "-f", format_]


def name_of(call):
    """The call, without most of many paths."""
    return " ".join(call if len(call) < 9 else [*call[:4], "...", *call[-2:]])


def repeat_complaints(source, program, calls, again):
    """`again`: what the second run gets besides."""
    def all_of(folder, more, **env):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(
                lambda call: run(program, [*call, *more], folder, **env),
                calls))

    first = all_of(source, [], TZ="UTC", LC_ALL="C", COLUMNS="80")
    time.sleep(1.1)
    with tempfile.TemporaryDirectory() as folder:
        second = all_of(folder, again, TZ="Asia/Kathmandu",
                        LC_ALL="tr_TR.UTF-8", COLUMNS="40", HOME=folder)
    for call, one, other in zip(calls, first, second):
        if (one[0], without_time(one[1]), one[2]) != (
                other[0], without_time(other[1]), other[2]):
            yield f"{name_of(call)}: the second report is another"
        if one[1] and CHECKED_AT.findall(one[1]) == CHECKED_AT.findall(
                other[1]):
            yield f"{name_of(call)}: was run once"


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    program = sys.argv[2]
    docs = source / "docs"
    write = bool(os.environ.get("IISDIAG_WRITE_DOCS"))
    found = list(example_complaints(source, program, docs, write))
    calls = list(cases(source))
    found += repeat_complaints(source, program, calls, [])
    print(*found, sep="\n")
    if found or len(calls) < 100:
        sys.exit(1)

    # Proves that it can fail.
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch)
        (copy / "examples").mkdir()
        (copy / "json.md").write_text((docs / "json.md").read_text().replace(
            '"severity": "fail"', '"severity": "info"', 1))
        for name in EXAMPLES[1:]:
            (copy / f"examples/{name}.json").write_text(
                (docs / f"examples/{name}.json").read_text())
        told = list(example_complaints(source, program, copy, False))
    told += repeat_complaints(source, program, calls[:1],
                              ["--at", "2001-01-01"])
    if len(told) != 3:
        sys.exit(f"json_examples.py does not find three faults: {told}")


if __name__ == "__main__":
    main()
