"""Compares the documentation with the program and with itself; see docs.sh.

usage: docs.py SOURCE_DIR PROGRAM
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import calls
import extending

ARTICLE = re.compile(
    r"\b(?:Q\d{6}|KB\d{6}|(?:WS03|iis-docs|itpro|win32):[A-Za-z0-9-]+)\b")
SEVERITIES = ("fail", "warning", "unknown", "info")


class Program:
    """What the program says of itself."""

    def __init__(self, path):
        self.path = path
        self.checks = self.first_words("list", "checks")
        self.findings = {}  # check: {finding: set of severities}
        for line in self.lines("list", "findings"):
            row = re.match(r"  ([a-z][a-z-]+) +([a-z/]+)  ", line)
            if re.fullmatch(r"[a-z-]+", line):
                current = self.findings.setdefault(line, {})
            elif row:
                current[row[1]] = set(row[2].split("/"))
        self.evidence = self.first_words("list", "evidence")
        self.formats = self.first_words("list", "formats")
        self.demos = self.first_words("list", "demos")
        self.codes = self.first_words("list", "codes")
        self.topics = re.findall(
            r"[a-z]+", "\n".join(self.lines("list", "--help")).split(
                "Topics:")[1])
        self.options_of = {}  # command: set of options
        for help_of in ([], ["check"], ["collect"], ["explain"], ["merge"],
                        ["diff"], ["list"]):
            for line in self.lines(*help_of, "--help"):
                # Only the column of names: descriptions name options, too.
                names = re.match(r" +(-.*?)(?:  |$)", line)
                self.options_of.setdefault("".join(help_of), set()).update(
                    re.findall(r"(?<!\S)--?[a-zA-Z?][a-z-]*",
                               names[1] if names else ""))
        self.options = set().union(*self.options_of.values())

    def lines(self, *arguments):
        run = subprocess.run([self.path, *arguments], text=True, check=True,
                             capture_output=True, timeout=60)
        return run.stdout.splitlines()

    def first_words(self, *arguments):
        return [line.split()[0] for line in self.lines(*arguments)
                if line[:1] not in ("", " ")]


class Page:
    """One page: its text, and its text without code blocks."""

    def __init__(self, root, path):
        self.name = path.relative_to(root).as_posix()
        self.path = path
        self.text = path.read_text()
        prose, self.anchors, fence = [], set(), None
        for line in self.text.splitlines():
            mark = re.match(r"\s*(```+|~~~+)", line)
            if fence or mark:
                prose.append("")
                fence = None if fence and mark else fence or mark
                continue
            prose.append(line)
            heading = re.match(r"#+ +(.*)", line)
            if heading:
                words = re.sub(r"[^\w\- ]", "", heading[1].lower())
                self.anchors.add(words.strip().replace(" ", "-"))
        self.prose = "\n".join(prose)
        # Links do not count inside of code.
        self.linked = re.sub(r"`[^`]*`", "", self.prose)

    def sections(self, level):
        """heading: text below it, for headings of this level."""
        parts = re.split(rf"(?m)^(#{{1,{level}}}) +(.*)$", self.prose)
        return {parts[i + 1]: parts[i + 2] for i in range(1, len(parts), 3)
                if len(parts[i]) == level}

    def rows(self, below=None):
        """First cells of table rows, of the whole page or one section."""
        text = self.prose
        if below:
            text = text.split(f"\n## {below}\n")[1].split("\n## ")[0]
        cells = re.findall(r"(?m)^\| (.*?) \| ", text)
        return [cell for cell in cells if not re.fullmatch(r"-+", cell)]


def differences(what, wanted, found, where):
    wanted, found = list(wanted), list(found)
    for name in wanted:
        if name not in found:
            yield f"{where}: {what} {name} is not documented"
    for name in found:
        if name not in wanted:
            yield f"{where}: there is no {what} {name}"


def code_cells(cells):
    return [cell[1:-1] for cell in cells if re.fullmatch(r"`[^`]+`", cell)]


def judge_checks(program, page):
    yield from differences(
        "check", program.checks,
        [name for name in page.sections(2) if "-" in name], page.name)
    sections = page.sections(3)
    documented = {name: severities for check in program.findings.values()
                  for name, severities in check.items()}
    yield from differences("finding", documented, sections, page.name)
    for name in documented.keys() & sections.keys():
        said = {word for word in re.findall(r"`([a-z]+)`", sections[name])
                if word in SEVERITIES}
        if said != documented[name]:
            yield (f"{page.name}: {name} is {'/'.join(documented[name])}, "
                   f"not {'/'.join(said)}")


def judge_schema(program, root):
    name = "docs/iisdiag-report.schema.json"
    definitions = json.loads((root / name).read_text())["$defs"]
    found = {}
    for definition in definitions.values():
        parts = [part.get("properties", {})
                 for part in definition.get("allOf", [])]
        check = [part["id"]["const"] for part in parts
                 if "const" in part.get("id", {})]
        for part in parts:
            if check and "findings" in part:
                ids = part["findings"]["items"]["properties"]["id"]["enum"]
                found[check[0]] = ids
    yield from differences("check", program.checks, found, name)
    for check in program.findings.keys() & found.keys():
        yield from differences(f"finding of {check}", program.findings[check],
                               found[check], name)

    def of_severity(severity):
        return [finding for check in program.findings.values()
                for finding, severities in check.items()
                if severity in severities or not severity]

    for branch in definitions["finding"]["oneOf"]:
        severity = branch["properties"]["severity"]["const"]
        yield from differences(severity, of_severity(severity),
                               branch["properties"]["id"]["enum"], name)
    yield from differences(
        "root cause", of_severity("fail"),
        definitions["identity"]["properties"]["root_causes"]["items"]["enum"],
        name)
    yield from differences("id", of_severity(""),
                           definitions["findingId"]["enum"], name)


def judge_links(root, pages):
    for page in pages.values():
        for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", page.linked):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            path = (page.path.parent / file).resolve() if file else page.path
            if not path.exists():
                yield f"{page.name}: {target} leads nowhere"
            elif anchor:
                name = path.relative_to(root).as_posix()
                if name not in pages or anchor not in pages[name].anchors:
                    yield f"{page.name}: there is no anchor {target}"
    linked = {target.partition("#")[0] for target in re.findall(
        r"\]\(([^)\s]+)\)", pages["docs/index.md"].linked)}
    for name in pages:
        relative = os.path.relpath(name, "docs")
        # docs/findings/ has an index of its own.
        of_index = name.startswith("docs/findings/") and \
            relative != "findings/index.md"
        if name not in ("README.md", "docs/index.md") and \
                not of_index and relative not in linked:
            yield f"docs/index.md: {name} is not in it"


def judge_options(program, root, pages):
    documented = set()
    for command in ("check", "collect", "explain", "merge"):
        names = set()
        for cell in pages["docs/command-line.md"].rows(command):
            names.update(re.findall(r"--?[a-zA-Z?][a-z-]*", cell))
        # Help is told once for all.
        for name in sorted(program.options_of[command] - names -
                           {"-h", "--help", "-?"}):
            yield (f"docs/command-line.md: option {name} is not documented "
                   f"for {command}")
        documented |= names
    # Documented in prose: they are no options of `check` alone.
    documented |= {"-?", "--version"}
    yield from differences("option", sorted(program.options),
                           sorted(documented), "docs/command-line.md")
    others = set(re.findall(r"--[a-z]+", (root / "scripts/test").read_text()))
    for page in pages.values():
        for span in re.findall(r"`([^`\n]+)`", page.prose):
            calls = re.split(r"\biisdiag ", span)[1:]
            if span.startswith("-"):
                calls = [span]
            for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+",
                                     " ".join(calls)):
                if option not in program.options | others:
                    yield f"{page.name}: there is no option {option}"


def judge_tables(program, root, pages):
    def rows(name, below=None):
        return code_cells(pages[f"docs/{name}"].rows(below))

    for section in ("Formats", "What each format proves"):
        yield from differences("evidence format", program.evidence,
                               rows("evidence.md", section),
                               f"docs/evidence.md, {section}")
    first_table = pages["docs/output.md"].prose.split("\n## ")[0]
    yield from differences(
        "output format", program.formats,
        re.findall(r"(?m)^\| `([a-z]+)` \|", first_table), "docs/output.md")
    yield from differences("topic", program.topics,
                           rows("command-line.md", "list"),
                           "docs/command-line.md")
    yield from differences(
        "exit code", program.codes,
        [cell for cell in pages["docs/exit-codes.md"].rows()
         if cell.isdigit()], "docs/exit-codes.md")

    bounds = pages["docs/evidence.md"].prose.split("\n## Bounds\n")[1]
    header = (root / "src/evidence/limits.hpp").read_text()
    for name, value in re.findall(r"constexpr \S+ (\w+) = ([^;]+);", header):
        number = eval(re.sub(r"(?<=\d)(ULL|U)|'", "", value))
        shown = (f"{number >> 20} MiB" if number % (1 << 20) == 0
                 else f"{number:,}")
        if not re.search(rf"\| {shown}\b", bounds):
            yield f"docs/evidence.md: the bound {shown} ({name}) is not there"


def judge_rooms(root, page):
    script = (root / "tests/scripts/includes.sh").read_text()
    table = re.search(r"rooms='\n(.*?)'", script, re.DOTALL)[1]
    wanted = [f"{room}: {' '.join(may.split())}".strip()
              for room, may in (line.split(":")
                                for line in table.strip().split("\n"))]
    found = [f"{room}: {may.replace(',', '').replace('none', '')}".strip()
             for room, may in re.findall(
                 r"(?m)^\| `(\w+)` \| ([\w, ]+) \|$", page.prose)]
    yield from differences("row", wanted, found, page.name)


def judge_articles(root, pages):
    known = (root / "src/knowledge/articles.cpp").read_text()
    for page in pages.values():
        for article in ARTICLE.findall(page.prose):
            if f'"{article}"' not in known:
                yield f"{page.name}: there is no article {article}"


def judge_examples(program, root, pages):
    """The ```console blocks; docs/extending.md has a test of its own."""
    count = 0
    for page in pages.values():
        if page.name == "docs/extending.md":
            continue
        for number, command, expected in extending.commands(
                extending.blocks(page.text)):
            count += 1
            run = subprocess.run(
                ["bash", "-c",
                 command.replace("scripts/iisdiag", str(program.path))],
                cwd=root, text=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            if not extending.matches(expected, run.stdout.splitlines()):
                yield (f"{page.name}:{number}: {command} prints something "
                       f"else:\n{run.stdout}")
    if not count:
        yield "no page has an example"


def judge_tests(root, page):
    """A promise names the tests that hold it."""
    for name in re.findall(r"`(tests/[^`]+)`", page.path.read_text()):
        if not list(root.glob(name)):
            yield f"{page.name}: there is no test {name}"


def complaints(program, root):
    pages = {page.name: page for page in (
        Page(root, path) for path in (*sorted(root.glob("*.md")),
                                      *sorted(root.glob("docs/*.md")),
                                      *sorted(root.glob("docs/use/*.md")),
                                      *sorted(root.glob("docs/findings/*"))))}
    yield from judge_checks(program, pages["docs/checks.md"])
    yield from judge_schema(program, root)
    yield from judge_links(root, pages)
    yield from judge_options(program, root, pages)
    yield from judge_tables(program, root, pages)
    yield from judge_rooms(root, pages["docs/architecture.md"])
    yield from judge_articles(root, pages)
    yield from judge_tests(root, pages["SECURITY.md"])
    yield from calls.judge_calls(program, pages)
    yield from judge_examples(program, root, pages)


# (page, a pattern of what to change, what to put there, the complaint)
FAULTS = (
    ("docs/checks.md", r"### audit-full\n", "", "finding audit-full is not"),
    ("docs/checks.md", r"### audit-full", "### audit-ful",
     "there is no finding audit-ful"),
    ("docs/checks.md", r"## user-rights\n", "", "check user-rights is not"),
    ("docs/checks.md", r"### audit-full\n\n`fail`",
     "### audit-full\n\n`warning`", "audit-full is fail, not warning"),
    ("docs/checks.md", r"KB832981", "KB832982", "no article KB832982"),
    ("docs/evidence.md", r"(?m)^\| `adsutil` .*\n", "",
     "evidence format adsutil is not"),
    ("docs/evidence.md", r"1,000,000", "1,000,001", "the bound 1,000,000"),
    ("docs/output.md", r"(?m)^\| `json` .*\n", "",
     "output format json is not"),
    ("docs/exit-codes.md", r"(?m)^\| 4 \|.*\n", "", "exit code 4 is not"),
    ("docs/command-line.md", r"(?m)^\| `--strict` .*\n", "",
     "option --strict is not documented for check"),
    ("docs/command-line.md", r"(?m)^\| `--strict`, .*\n", "",
     "option --strict is not documented for merge"),
    ("docs/command-line.md", r"(?m)^\| `--script` .*\n", "",
     "option --script is not"),
    ("docs/command-line.md", r"\| `--strict` ", "| `--stricter` ",
     "there is no option --stricter"),
    ("docs/command-line.md", r"(?m)^\| `codes` .*\n", "", "topic codes is not"),
    ("README.md", r"`--report`", "`--reprot`", "there is no option --reprot"),
    ("README.md", r"\(docs/exit-codes\.md\)", "(docs/exit-code.md)",
     "docs/exit-code.md leads nowhere"),
    ("README.md", r"#what-to-capture", "#what-to-catch", "there is no anchor"),
    ("README.md", r"does not exist", "is gone", "prints something else"),
    ("docs/use/jenkins.md", r"--report junit", "--report junti",
     "no call that the program takes: check --report junti"),
    ("docs/use/nagios.md", r'"--format", "nagios"', '"--formt", "nagios"',
     "no call that the program takes"),
    ("docs/use/gitlab-ci.md", r"`check --report junit", "`check --reports junit",
     "no call that the program takes: check --reports"),
    ("SECURITY.md", r"leak_test\.cpp", "leaks_test.cpp",
     "there is no test tests/cli/leaks_test.cpp"),
    ("docs/index.md", r"(?m)^\| \[checks\.md\].*\n", "",
     "docs/checks.md is not in it"),
    ("docs/index.md", r"(?m)^\| \[findings/\].*\n", "",
     "docs/findings/index.md is not in it"),
    ("docs/findings/index.md", r"\(audit-full\.md\)", "(audit-ful.md)",
     "audit-ful.md leads nowhere"),
    ("docs/architecture.md", r"(?m)^\| `render` \| .* \|$",
     "| `render` | text, facts, checks, report |", "row render: text facts"),
    ("docs/iisdiag-report.schema.json", r'"audit-full",', "",
     "root cause audit-full is not"),
    ("docs/iisdiag-report.schema.json", r'"audit-full",\s+"force-guest"',
     '"force-guest"', "finding of user-rights audit-full is not"),
)


def prove_that_it_can_fail(program, root):
    for name, pattern, replacement, complaint in FAULTS:
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch).resolve()
            shutil.copytree(root / "docs", copy / "docs")
            for file in (*root.glob("*.md"), root / "LICENSE"):
                shutil.copy(file, copy)
            for folder in ("contrib", "scripts", "src", "tests"):
                (copy / folder).symlink_to(root / folder)
            before = (copy / name).read_text()
            after = re.sub(pattern, lambda _: replacement, before, count=1)
            (copy / name).write_text(after)
            if not any(complaint in told
                       for told in complaints(program, copy)):
                sys.exit(f"docs.py accepts {name} with {pattern!r} replaced")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    program = Program(sys.argv[2])
    found = list(complaints(program, root))
    print(*found, sep="\n")
    if found:
        sys.exit(1)
    prove_that_it_can_fail(program, root)


if __name__ == "__main__":
    main()
