"""Judges the examples of docs/use/; use_pages.sh says how.

usage: use_pages.py SOURCE_DIR NODE_MODULES
"""

import configparser
import json
import pathlib
import re
import subprocess
import sys
from xml.etree import ElementTree

import yaml

import extending

# page: the languages of its examples, in order. What is printed (text) and what
# is run as it stands (console) is no example.
PAGES = {
    "ansible": ["sh", "yaml", "sh", "yaml"],
    "azure-pipelines": ["yaml"],
    "batch": ["bat", "bat"],
    "fleets": ["powershell", "bat", "sh", "powershell", "powershell", "bat",
               "powershell"],
    "github-actions": ["yaml"],
    "gitlab-ci": ["yaml"],
    "jenkins": ["groovy"],
    "nagios": ["ini", "nagios", "icinga2"],
    "powershell": ["powershell", "powershell", "powershell"],
    "task-scheduler": ["bat", "bat", "xml", "bat"],
}
TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def lacking(what, wanted, found):
    for name in wanted:
        if name not in found:
            yield f"{what} has no {name}"


def strange(what, allowed, found):
    for name in found:
        if name not in allowed:
            yield f"{what} has no business with {name}"


def judge_azure(text):
    pipeline = yaml.safe_load(text)
    yield from strange("a pipeline", ("trigger", "pr", "schedules", "pool",
                                      "steps"), pipeline)
    yield from lacking("the pipeline", ("trigger", "pool", "steps"), pipeline)
    for schedule in pipeline["schedules"]:
        yield from lacking("a schedule", ("cron", "branches"), schedule)
    kinds = []
    for step in pipeline["steps"]:
        kind = next(iter(step))
        kinds.append(kind)
        yield from strange(f"the step {kind}", (
            kind, "displayName", "condition", "inputs", "timeoutInMinutes"),
            step)
    if kinds != ["checkout", "script", "task"]:
        yield f"the steps are {kinds}"
    publish = pipeline["steps"][-1]
    if publish["task"] != "PublishTestResults@2":
        yield f"the last task is {publish['task']}"
    inputs = publish["inputs"]
    yield from strange("the task", (
        "testResultsFormat", "testResultsFiles", "searchFolder",
        "testRunTitle"), inputs)
    written = re.search(r'junit=(.+)\\(\S+)"', pipeline["steps"][1]["script"])
    if (inputs["testResultsFormat"], inputs["searchFolder"],
            inputs["testResultsFiles"]) != ("JUnit", written[1], written[2]):
        yield "what is published is not what was written"


def judge_gitlab(text):
    jobs = yaml.safe_load(text)
    if list(jobs) != ["iisdiag"]:
        yield f"the jobs are {list(jobs)}"
    job = jobs["iisdiag"]
    yield from strange("a job", (
        "tags", "rules", "timeout", "variables", "before_script", "script",
        "allow_failure", "artifacts"), job)
    for part in ("before_script", "script", "tags"):
        if not all(isinstance(line, str) for line in job[part]):
            yield f"{part} holds what is no text"
    if job["allow_failure"] != {"exit_codes": [2]}:
        yield f"allowed to fail is {job['allow_failure']}"
    written = dict(report.split("=") for report in
                   re.findall(r"--report (\S+)", job["script"][0]))
    kept = job["artifacts"]
    if (kept["when"], kept["reports"]["junit"], kept["paths"]) != (
            "always", written["junit"], [written["json"]]):
        yield f"what is kept is not what was written: {kept}"


def judge_ansible(text):
    """An inventory or a call; the playbook has a test of its own."""
    if text.startswith(("cp ", "ansible-playbook ")):
        yield from judge_sh(text)
        for call in re.findall(r"(?m)^ansible-playbook .*$", text):
            if not call.startswith(
                    "ansible-playbook -i inventory.yml check.yml"):
                yield f"this calls something else: {call}"
        return
    group = yaml.safe_load(text)
    if list(group) != ["iis"]:
        yield f"the groups are {list(group)}"
    variables = [group["iis"].get("vars", {}), *filter(
        None, group["iis"]["hosts"].values())]
    for name in (name for those in variables for name in those):
        yield from strange("a host", (
            "ansible_connection", "ansible_port", "ansible_winrm_transport",
            "ansible_python_interpreter", "iisdiag_options",
            "iisdiag_evidence"), [name])


def judge_task(text):
    run = subprocess.run(
        ["xmllint", "--noout", "--nonet", "-"], input=text, text=True,
        capture_output=True, check=False)
    if run.returncode:
        yield from run.stderr.splitlines()
        return
    task = ElementTree.fromstring(text)
    if (task.tag, task.get("version")) != (f"{{{TASK}}}Task", "1.2"):
        yield f"the document is a {task.tag} {task.get('version')}"
    parts = [part.tag.removeprefix(f"{{{TASK}}}") for part in task]
    # In the order in which Windows itself writes them.
    if parts != ["RegistrationInfo", "Triggers", "Principals", "Settings",
                 "Actions"]:
        yield f"the parts are {parts}"
    names = {"t": TASK}
    who = task.find("t:Principals/t:Principal", names)
    if who is None or who.get("id") != task.find("t:Actions", names).get(
            "Context"):
        yield "nobody runs the actions"
    for path, wanted in (
            ("Triggers/t:CalendarTrigger/t:ScheduleByDay/t:DaysInterval", "1"),
            ("Principals/t:Principal/t:UserId", "S-1-5-18"),
            ("Settings/t:ExecutionTimeLimit", "PT10M"),
            ("Actions/t:Exec/t:Command", r"C:\tools\iisdiag-task.cmd")):
        found = task.findtext(f"t:{path}", None, names)
        if found != wanted:
            yield f"{path} is {found}"


def judge_batch(text):
    """What cmd.exe finds only when it gets there; Wine runs some of it."""
    labels = re.findall(r"(?m)^:(\w+)", text)
    for target in re.findall(r"\b(?:goto|call) :?(\w+)\b(?!\.)", text):
        if target not in labels and target != "eof" and (
                f"call {target}" not in text and f"echo {target}" not in text):
            yield f"there is no label {target}"
    for number, line in enumerate(text.splitlines(), 1):
        if line.count('"') % 2:
            yield f"line {number} has a quote without another"
    depth = 0
    for mark in re.sub(r'"[^"]*"|^rem .*', "", text, flags=re.M):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth < 0:
            break
    if depth:
        yield "the parentheses do not match"
    for call in re.findall(r"(?m)^schtasks .*$", text):
        action = call.split()[1]
        allowed = {"/create": "/tn /tr /sc /st /ru /rl /f /xml",
                   "/run": "/tn", "/query": "/tn /v /fo"}.get(action, "")
        yield from strange(f"schtasks {action}", allowed.split(), re.findall(
            r"(?<= )/[a-z]+", call.removeprefix(f"schtasks {action}")))


def judge_sh(text):
    run = subprocess.run(["shellcheck", "--shell=bash", "-"], input=text,
                         text=True, capture_output=True, check=False)
    if run.returncode:
        yield from run.stdout.splitlines()


def judge_ini(text):
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.read_string(text)
    scripts = parser["/settings/external scripts/scripts"]
    if list(scripts) != ["iisdiag"] or "CheckExternalScripts" not in text:
        yield f"the scripts are {list(scripts)}"


def judge_nagios(text):
    directives = {
        "command": ("command_name", "command_line"),
        "service": ("use", "host_name", "service_description",
                    "check_command", "check_interval", "retry_interval",
                    "max_check_attempts")}
    objects = re.findall(r"(?ms)^define (\w+) \{\n(.*?)^\}\n", text)
    rest = re.sub(r"(?ms)^define \w+ \{\n.*?^\}\n", "", text).strip()
    if rest:
        yield f"this belongs to no object: {rest}"
    commands, asked = [], []
    for kind, body in objects:
        found = dict(line.split(None, 1) for line in body.splitlines())
        yield from strange(f"a {kind}", directives[kind], found)
        yield from lacking(f"a {kind}", directives[kind], found)
        commands.append(found.get("command_name"))
        asked.append(found.get("check_command"))
        for macro in re.findall(r"\$.*?\$", body):
            if macro not in ("$USER1$", "$HOSTADDRESS$", "$ARG1$"):
                yield f"there is no macro {macro}"
    for command in filter(None, asked):
        if command.split("!")[0] not in commands:
            yield f"there is no command {command}"


def judge_icinga(text):
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    for opening, closing in ("{}", "[]", "()"):
        if plain.count(opening) != plain.count(closing):
            yield f"{opening} and {closing} do not match"
    rest = re.sub(
        r'(?m)^(?:(?:object|apply) \w+ "" \{|\}|  \w+ = \S.*|'
        r"  assign where .*|)$", "", plain).strip()
    if rest or '"' in plain.replace('""', ""):
        yield f"this is no statement: {rest}"
    made = re.findall(r'(?m)^object CheckCommand "(.*?)"', text)
    used = re.findall(r'(?m)^  check_command = "(.*?)"', text)
    if made != used:
        yield f"the commands are {made}, and used are {used}"


def judge_jenkins(text):
    """Names and nesting of what a declarative pipeline may hold."""
    outline = re.findall(r"(?m)^( *)(\w+)(?:\(.*\))?(?: \w+:? .*)? ?\{", text)
    names = [(len(blanks) // 4, name) for blanks, name in outline]
    wanted = [(0, "pipeline"), (1, "agent"), (1, "triggers"), (1, "options"),
              (1, "stages"), (2, "stage"), (3, "steps"), (4, "script"),
              (1, "post"), (2, "always")]
    if names != wanted:
        yield f"the pipeline is {names}"
    written = re.findall(r"--report \w+=([\w.]+)", text)
    if f"testResults: '{written[0]}'" not in text:
        yield "what junit reads is not what was written"


JUDGES = {"bat": judge_batch, "groovy": judge_jenkins,
          "icinga2": judge_icinga, "ini": judge_ini, "nagios": judge_nagios,
          "sh": judge_sh, "xml": judge_task}
YAML = {"ansible": judge_ansible, "azure-pipelines": judge_azure,
        "gitlab-ci": judge_gitlab}


def outside_languages(page, language):
    """As read_examples.mjs calls them; none where it has no reader."""
    if page == "github-actions":
        return "github"
    return language if language in ("groovy", "powershell") else None


def judge_page(name, text):
    """What is wrong with a page, and the examples that others have to judge."""
    told, outside = [], []
    examples = [(language, "\n".join(lines) + "\n")
                for _, language, lines in extending.blocks(text)
                if language not in ("console", "text")]
    found = [language for language, _ in examples]
    if found != PAGES[name]:
        told.append(f"{name}: the examples are {found}")
    for part in ("\n## Traps\n", "password"):
        if part not in text:
            told.append(f"{name}: there is no {part.strip()}")
    for language, example in examples:
        judge = YAML.get(name) or JUDGES.get(language)
        if judge:
            told += [f"{name}: {language}: {what}" for what in judge(example)]
        reader = outside_languages(name, language)
        if reader:
            outside.append({"language": reader, "text": example})
    return told, outside


def complaints(source, modules, pages):
    """For each of the pages, pairs of name and text, what is wrong with it.
    Node.js is asked once for all: to start it takes seconds."""
    judged = [judge_page(name, text) for name, text in pages]
    asked = [example for _, outside in judged for example in outside]
    # Without optimising what runs for a moment: to end that takes V8 15 seconds.
    run = subprocess.run(
        ["node", "--liftoff-only", source / "tests/node/read_examples.mjs",
         modules],
        input=json.dumps(asked), text=True, capture_output=True, check=False)
    if run.returncode:
        sys.exit(run.stderr)
    answers = iter(json.loads(run.stdout))
    return [told + [f"{name}: {example['language']}: {text}"
                    for example in outside for text in next(answers)]
            for (name, _), (told, outside) in zip(pages, judged)]


# (page, a text, what to put there)
FAULTS = (
    ("ansible", "iisdiag_evidence:", "iisdiag_evidences:"),
    ("ansible", "-i inventory.yml check.yml", "-i inventory.yml site.yml"),
    ("azure-pipelines", "testResultsFiles: iisdiag.xml",
     "testResultsFiles: other.xml"),
    ("azure-pipelines", "condition:", "conditions:"),
    ("batch", "\n:incomplete\n", "\n:incomplet\n"),
    ("fleets", "\n:worse\n", "\n:wrose\n"),
    ("fleets", "jq -r '.hosts[0] | [", "jq -r .hosts[0] | ["),
    ("fleets", "foreach ($answer in $answers)", "foreach ($answer of $answers)"),
    ("github-actions", "runs-on:", "run-on:"),
    ("github-actions", "${{ !cancelled() }}", "${{ !canceled() }}"),
    ("gitlab-ci", "when: always", "when: on_success"),
    ("jenkins", "        always {", "        allways {"),
    ("jenkins", "error(", "error(("),
    ("nagios", "check_command           check_iisdiag\n",
     "check_command           check_iis\n"),
    ("nagios", '"iis" in', '"iis in'),
    ("powershell", "if ($code -ge 3", "if ($code -ge"),
    ("task-scheduler", "2004/02/mit/task", "2004/02/mit/tasks"),
    ("task-scheduler", "</Exec>", "</Exe>"),
    ("task-scheduler", "/sc daily", "/schedule daily"),
)


def main():
    source, modules = (pathlib.Path(path) for path in sys.argv[1:])
    pages = {page.stem: page.read_text()
             for page in sorted(source.glob("docs/use/*.md"))}
    if list(pages) != list(PAGES):
        sys.exit(f"the pages are {list(pages)}")
    faulty = [(name, pages[name].replace(before, after, 1))
              for name, before, after in FAULTS]
    told = complaints(source, modules, [*pages.items(), *faulty])
    found = [text for texts in told[:len(pages)] for text in texts]
    print(*found, sep="\n")
    if found:
        sys.exit(1)
    for (name, _, after), texts in zip(FAULTS, told[len(pages):]):
        if not texts:
            sys.exit(f"use_pages.py accepts {name} with {after!r}")


if __name__ == "__main__":
    main()
