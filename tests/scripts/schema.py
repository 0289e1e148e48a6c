"""Validates the JSON reports of all demos and scenarios, and what is collected.

usage: schema.py SOURCE_DIR PROGRAM

For each demo of src/cli/demos.def and each folder of tests/scenarios (with the
"options" of its scenario.json): standard output is pure ASCII and one JSON
document, which docs/iisdiag-report.schema.json accepts, and whose exit_code is
the one the process ended with. A scenario that expects exit 3 or 4 has no
report, and nothing but that is looked at.

So are reports on several servers: all scenarios without options and two paths
that cannot be read in one run of --each, its lines (jsonl), and what merge makes
of either and of damaged ones. Of each the schema has to refuse copies with a
fault.

The snapshot and the manifest of tests/evidence/golden, which hold every member
that is ever written, are judged by docs/iisdiag-snapshot.schema.json and
docs/iisdiag-collection.schema.json.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

NO_REPORT = (3, 4)
WORST_FIRST = ("failed", "unknown", "warning", "passed", "skipped")


def no_duplicate_names(pairs):
    """Python's parser takes the last of equal names; ours may write one."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the name {name!r} stands twice in one object")
    return dict(pairs)


def complaints(validator, run, expected):
    """What is wrong with one run, a line each."""
    if expected in NO_REPORT:
        if run.returncode != expected:
            yield f"ended with {run.returncode}, expected {expected}"
        if run.stdout:
            yield f"exit {expected}, and yet something on standard output"
        return
    if run.returncode not in (0, 1, 2):
        error = run.stderr.decode("utf-8", "replace").strip()
        yield f"ended with {run.returncode}: {error}"
        return
    for offset, byte in enumerate(run.stdout):
        if byte > 0x7E or (byte < 0x20 and byte != 0x0A):
            yield f"byte {byte:#04x} at offset {offset} is not printable ASCII"
            return
    try:
        report = json.loads(run.stdout, object_pairs_hook=no_duplicate_names)
    except ValueError as error:
        yield f"no JSON: {error}"
        return
    yield from misfits(validator, report)
    if isinstance(report, dict) and report.get("exit_code") != run.returncode:
        yield (f"ended with {run.returncode}, the report says "
               f"{report.get('exit_code')!r}")


def misfits(validator, report):
    """What the schema refuses, and what no schema can say."""
    errors = list(validator.iter_errors(report))
    for error in errors:
        yield f"{error.json_path}: {error.message[:200]}"
    if errors:
        return
    for part in objects(report):
        if "command_steps" in part:
            steps = part["command_steps"]
            if (len(steps) != len(part["commands"]) or steps != sorted(steps)
                    or steps and steps[-1] > len(part["steps"])):
                yield f"commands and steps of {part['id']} do not fit: {steps}"


def cases(source):
    """(name, arguments of `check`, expected exit code or None) of each run."""
    listed = (source / "src/cli/demos.def").read_text()
    for name in re.findall(r"(?m)^\s*IISDIAG_DEMO\(\s*([A-Za-z0-9_.-]+)",
                           listed):
        yield f"demo {name}", [f"--demo={name}"], None
    for evidence in sorted(source.glob("tests/scenarios/*/evidence")):
        scenario = json.loads((evidence.parent / "scenario.json").read_text())
        arguments = [*scenario.get("options", []), str(evidence)]
        yield (f"scenario {evidence.parent.name}", arguments,
               scenario.get("exit_code"))


def fleet_misfits(report, count):
    """What the parts of a report on so many servers say of each other."""
    told = report["fleet"]
    if not (count == told["expected"] == told["checked"]
            == len(told["matrix"]) == len(report["hosts"])):
        yield "a server is missing"
    ranks = [WORST_FIRST.index(host["status"]) for host in report["hosts"]]
    if ranks != sorted(ranks):
        yield "a server stands before a worse one"
    for row, host in zip(told["matrix"], report["hosts"]):
        if (row["host"], row["status"]) != (host["host"], host["status"]):
            yield f"row and host differ: {row}"
    for cause in told["causes"]:
        names = [report["hosts"][entry]["host"] for entry in cause["entries"]]
        if names != cause["hosts"]:
            yield f"a cause names other hosts: {cause}"


def without_fleet(report):
    """The hosts of a report, as they are compared with those of another."""
    return sorted(json.dumps(host, sort_keys=True) for host in report["hosts"])


def fleet(validator, source, program):
    """What is wrong with reports on several servers, a line each."""
    paths = [str(evidence)
             for evidence in sorted(source.glob("tests/scenarios/*/evidence"))
             if not json.loads((evidence.parent / "scenario.json").read_text())
             .get("options")]
    # Not in the order in which they are told.
    paths = ["no-such-folder", str(source / "README.md"), *paths]

    def run(*arguments):
        return subprocess.run([program, *arguments], capture_output=True,
                              timeout=120, stdin=subprocess.DEVNULL)

    whole = run("check", "--each", "-f", "json", *paths)
    yield from complaints(validator, whole, None)
    report = json.loads(whole.stdout)
    yield from fleet_misfits(report, len(paths))
    for what, fault in fleet_faults(report):
        if validator.is_valid(fault):
            yield f"the schema accepts {what}"
    # A run that was stopped before the first server was done.
    nothing = {**report, "exit_code": 5, "hosts": [], "fleet": {
        "expected": 9, "checked": 0, "complete": False, "causes": [],
        "matrix": []}}
    yield from (f"stopped: {told}" for told in misfits(validator, nothing))

    lines = run("check", "--each", "-f", "jsonl", *paths).stdout
    each = [json.loads(line, object_pairs_hook=no_duplicate_names)
            for line in lines.splitlines()]
    if [one["hosts"][0]["source"]["paths"] for one in each] != [
            [path] for path in paths]:
        yield "jsonl: the lines are not those of the arguments"
    for one in each:
        yield from (f"jsonl: {told}" for told in misfits(validator, one))
        if "fleet" in one or len(one["hosts"]) != 1:
            yield "jsonl: a line is not the report of one server"

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for name, content in (("whole", whole.stdout), ("lines", lines),
                              ("empty", b""), ("cut", whole.stdout[:9999])):
            (folder / f"{name}.json").write_bytes(content)

        def merged(*names):
            return run("merge", "-f", "json",
                       *(str(folder / f"{name}.json") for name in names))

        for name in ("whole", "lines"):
            again = merged(name)
            yield from (f"merge {name}: {told}" for told in
                        complaints(validator, again, None))
            told = json.loads(again.stdout)
            yield from fleet_misfits(told, len(paths))
            # Lines and report are of two runs, a second apart perhaps.
            if name == "whole" and (without_fleet(told), told["fleet"]) != (
                    without_fleet(report), report["fleet"]):
                yield "merge makes something else of one report"
        damaged = merged("whole", "empty", "missing", "cut")
        yield from (f"merge with damage: {told}" for told in
                    complaints(validator, damaged, None))
        yield from fleet_misfits(json.loads(damaged.stdout), len(paths) + 3)


def changed(report, changes):
    """Pairs of what a change makes of a report, and a copy of it with that."""
    for what, change in changes.items():
        copy = json.loads(json.dumps(report))
        change(copy)
        yield what, copy


def fleet_faults(report):
    """Copies of a report on several servers, each with one fault."""
    def cause(copy):
        return copy["fleet"]["causes"][0]

    def row(copy):
        return copy["fleet"]["matrix"][0]

    return changed(report, {
        "a fleet without a matrix": lambda copy: copy["fleet"].pop("matrix"),
        "a member of a fleet that is not promised":
            lambda copy: copy["fleet"].update(extra=1),
        "a cause on no server": lambda copy: cause(copy).update(entries=[]),
        "a cause that names no server":
            lambda copy: cause(copy).update(hosts=[]),
        "a cause twice on a server":
            lambda copy: cause(copy).update(entries=[0, 0]),
        "a cause that nobody knows":
            lambda copy: cause(copy).update(id="no-such"),
        "a cause that changes no status":
            lambda copy: cause(copy).update(severity="info"),
        "a check too few": lambda copy: row(copy)["checks"].popitem(),
        "a check too many": lambda copy: row(copy)["checks"].update(extra=1),
        "a reason that nobody knows":
            lambda copy: row(copy).update(reasons=["no-such"]),
        "a row without a status": lambda copy: row(copy).pop("status"),
        "a run that was stopped and ended well":
            lambda copy: copy["fleet"].update(complete=False),
        "a whole run that says it was stopped":
            lambda copy: copy.update(exit_code=5),
        "a whole run without servers": lambda copy: copy.update(hosts=[]),
        "no servers at all": lambda copy: copy["fleet"].update(expected=0),
    })


def faults(report):
    """Copies of a report with a failed check, each with one fault."""
    def identity(copy):
        return copy["hosts"][0]["identities"][0]

    def finding(copy):
        return next(found for check in identity(copy)["checks"]
                    for found in check["findings"]
                    if found["severity"] == "fail")

    return changed(report, {
        "a member that is not promised":
            lambda copy: copy["hosts"][0].update(extra=1),
        "a missing member": lambda copy: copy.pop("counts"),
        "an unknown status": lambda copy: identity(copy).update(status="ok"),
        "a finding of another check":
            lambda copy: finding(copy).update(id="right-denied"),
        "an unknown finding": lambda copy: finding(copy).update(id="no-such"),
        "a severity that the finding cannot have":
            lambda copy: finding(copy).update(severity="warning", root=False),
        "a failure without steps": lambda copy: finding(copy).update(steps=[]),
        "a cause with a cause":
            lambda copy: finding(copy).update(caused_by="account-locked"),
        "a failed check without a failure":
            lambda copy: identity(copy)["checks"][0].update(findings=[]),
        "checks in another order": lambda copy: identity(copy)["checks"].sort(
            key=lambda check: check["id"], reverse=True),
        "a check too few": lambda copy: identity(copy)["checks"].pop(),
        "an exit code without a report":
            lambda copy: copy.update(exit_code=4),
        "the exit code of a run that was stopped":
            lambda copy: copy.update(exit_code=5),
        "line 0": lambda copy: finding(copy)["found"][0].update(
            origin={"file": "a.txt", "line": 0}),
        "a host of no time": lambda copy: copy["hosts"][0].pop("checked_at"),
        "a time without a zone": lambda copy: copy["hosts"][0].update(
            checked_at="2026-11-22T10:00:00"),
        "a check that may be left out or not":
            lambda copy: identity(copy)["checks"][0].pop("left_out"),
        "a negative code": lambda copy: finding(copy).update(code=-1),
        "a command of step 0":
            lambda copy: finding(copy)["command_steps"].insert(0, 0),
        "commands of no step": lambda copy: finding(copy).pop("command_steps"),
        "a problem with less than it has": lambda copy: copy["hosts"][0][
            "problems"].append({"text": "x", "origin": None}),
        "a fault in front of its line": lambda copy: copy["hosts"][0][
            "problems"].append({
                "text": "x", "origin": None, "todo": None, "command": None,
                "near": {"line": "y", "column": -1}}),
        "a cause that nobody knows":
            lambda copy: finding(copy).update(caused_by="no-such", root=False),
        "no hosts": lambda copy: copy.update(hosts=[]),
    })


def prove_that_it_can_fail(validator, program):
    """A schema that accepts everything would be a test that cannot fail."""
    demo = subprocess.run([program, "check", "--demo", "-f", "json"],
                          capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    for what, report in faults(json.loads(demo.stdout)):
        if validator.is_valid(report):
            sys.exit(f"the schema accepts {what}")
    report = json.loads(demo.stdout)
    for part in objects(report):
        part.get("command_steps", []).reverse()
    if not list(misfits(validator, report)):
        sys.exit("schema.py takes commands for those of any step")


def objects(value):
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from objects(part)


def validator_of(source, name):
    schema = json.loads((source / f"docs/iisdiag-{name}.schema.json")
                        .read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def members_of_schema(schema):
    """Names of all members that a schema describes, wherever they stand."""
    for part in objects(schema):
        if isinstance(part.get("properties"), dict):
            yield from part["properties"]


def collected(source):
    """What is wrong with the documents of a collection, a line each."""
    for name, file in (("snapshot", "snapshot.json"),
                       ("collection", "manifest.json")):
        validator = validator_of(source, name)
        text = (source / "tests/evidence/golden" / file).read_text()
        document = json.loads(text, object_pairs_hook=no_duplicate_names)
        for error in validator.iter_errors(document):
            yield f"{file}: {error.json_path}: {error.message[:200]}"
        written = {key for part in objects(document) for key in part}
        for member in set(members_of_schema(validator.schema)) - written:
            yield f"{file}: no {member} is in it, and the schema has one"
        for part in list(objects(document)):
            part["extra"] = 1
            if validator.is_valid(document):
                yield f"{file}: the schema accepts any member in {part}"
            del part["extra"]
        for member in ("schema", "captured_at"):
            if validator.is_valid({**document, member: "x"}):
                yield f"{file}: the schema accepts any {member}"


def main():
    source = pathlib.Path(sys.argv[1])
    program = sys.argv[2]
    validator = validator_of(source, "report")

    faulty = list(collected(source)) + list(fleet(validator, source, program))
    for line in faulty[:20]:
        print(line)
    prove_that_it_can_fail(validator, program)

    runs = failures = 0
    for name, arguments, expected in cases(source):
        command = [program, "check", "--format", "json", *arguments]
        run = subprocess.run(command, capture_output=True, timeout=60,
                             stdin=subprocess.DEVNULL)
        runs += 1
        found = list(complaints(validator, run, expected))
        failures += bool(found)
        for line in found[:20]:
            print(f"{name}: {line}")
    print(f"{runs} reports, {failures} with faults")
    # No report at all would be a test that cannot fail.
    sys.exit(0 if runs and not failures and not faulty else 1)


if __name__ == "__main__":
    main()
