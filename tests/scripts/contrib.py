"""Judges the files of contrib/; contrib.sh says how.

usage: contrib.py SOURCE_DIR NODE_MODULES PROGRAM
"""

import json
import pathlib
import re
import subprocess
import sys

import yaml

FILES = [
    "ansible/ansible.cfg", "ansible/check.yml", "ansible/inventory.example.yml",
    "ansible/roles/iisdiag/defaults/main.yml",
    "ansible/roles/iisdiag/meta/main.yml",
    *(f"ansible/roles/iisdiag/tasks/{name}.yml" for name in (
        "collection", "main", "merge", "placeholder", "posix", "result",
        "windows")),
    "powershell/Invoke-IisDiag.ps1",
]
SCRIPT = FILES[-1]
DEFAULTS = "ansible/roles/iisdiag/defaults/main.yml"
# Those that an administrator types, whole words before an argument.
ALIASES = ("cat cd copy cp del dir echo fl foreach ft gc gci gi group gsv icm ii "
           "iex ise iwr kill ls man md measure move mv nsn ps pwd rd ren ri rm "
           "rmdir rsn select sleep sls sort start tee type where write").split()


def options_of(program):
    """All options of the program; merge may be younger than the program."""
    found = set()
    for command in ("check", "collect", "merge"):
        run = subprocess.run([program, command, "--help"], text=True,
                             capture_output=True, stdin=subprocess.DEVNULL)
        found.update(re.findall(r"--[a-z][a-z-]+", run.stdout))
    return found


def judge_options(files, known):
    """Options that are handed over stand in quotes."""
    count = 0
    for name, text in files.items():
        for option in re.findall(r"""['"](--[a-z-]+)""", text):
            count += 1
            if option not in known:
                yield f"{name}: iisdiag has no option {option}"
    if count < 8:
        yield f"only {count} options were found"


def strings(node):
    """All texts of a YAML document, names of fields included."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def judge_yaml(files):
    documents = {}
    for name, text in files.items():
        if not name.endswith(".yml"):
            continue
        try:
            documents[name] = yaml.safe_load(text)
        except yaml.YAMLError as error:
            yield f"{name}: {error}"
            return
    defaults = documents[DEFAULTS]
    made, read = set(), set()
    for name, document in documents.items():
        if "/tasks/" not in name and name != "ansible/check.yml":
            continue
        for text in strings(document):
            read.update(re.findall(r"\biisdiag_[a-z0-9_]+", text))
    for text in files.values():
        # Registered, set as a fact, or a variable of a task.
        made.update(re.findall(r"register: (iisdiag_\w+)", text))
        made.update(re.findall(r"(?m)^ {4,}(iisdiag_\w+):", text))
    read.update(re.findall(r"\biisdiag_[a-z0-9_]+",
                           " ".join(strings(list(defaults.values())))))
    for name in sorted(read - made - set(defaults)):
        yield f"{name} has neither a default nor a task that sets it"
    for name in sorted(set(defaults) - read):
        yield f"nobody reads {name}"
    for name, text in files.items():
        if re.search(r"(?m)^\s*ansible_\w*pass\w*:", text):
            yield f"{name}: a password has no place in it"


def judge_script(text):
    if not text.isascii():
        yield "the script is not ASCII"
    help_text, _, code = text.partition("#>")
    code = re.sub(r"(?m)^\s*#.*$", "", code)
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", code)
    block = code[code.index("\nparam("):code.index("\n)\n")]
    parameters = re.findall(r"(?m)^    (?:\[[^\n]*\] )?\$(\w+)(?: =[^\n]*)?,?$",
                            block)
    documented = re.findall(r"(?m)^\.PARAMETER (\w+)$", help_text)
    if sorted(parameters) != sorted(documented):
        yield f"the parameters are {parameters}, the help has {documented}"
    for part in (".SYNOPSIS", ".DESCRIPTION", ".EXAMPLE"):
        if f"\n{part}\n" not in help_text:
            yield f"the help has no {part}"
    for alias in ALIASES:
        if re.search(rf"(?mi)(?:^|[|({{;=]) *{alias} +(?![=(])", bare):
            yield f"{alias} is an alias"
    if re.search(r"\| *[%?]", bare):
        yield "% and ? are aliases"
    for word in ("AsPlainText", "GetNetworkCredential", "Invoke-Expression"):
        if word.lower() in code.lower():
            yield f"{word} has no business there"


def parse(source, modules, texts):
    run = subprocess.run(
        ["node", "--liftoff-only", source / "tests/node/read_examples.mjs",
         modules],
        input=json.dumps([{"language": "powershell", "text": text}
                          for text in texts]),
        text=True, capture_output=True)
    if run.returncode:
        sys.exit(run.stderr)
    return json.loads(run.stdout)


def complaints(files, known):
    yield from judge_yaml(files)
    yield from judge_options(files, known)
    yield from judge_script(files[SCRIPT])


# (file, a text, what to put there, what has to be said)
FAULTS = (
    ("ansible/check.yml", "  tasks:", " tasks:", "check.yml: "),
    (DEFAULTS, "iisdiag_strict:", "iisdiag_strictly:", "nobody reads"),
    (DEFAULTS, "iisdiag_strict:", "iisdiag_strictly:", "iisdiag_strict has"),
    ("ansible/roles/iisdiag/tasks/merge.yml", "'--strict'", "'--stricter'",
     "no option --stricter"),
    ("ansible/inventory.example.yml", "ansible_port: 5986",
     "ansible_password: secret", "has no place"),
    (SCRIPT, ".PARAMETER Strict", ".PARAMETER Strictly", "the help has"),
    (SCRIPT, "Start-Sleep -Seconds 2", "sleep 2", "sleep is an alias"),
    (SCRIPT, "| Where-Object {", "| ? {", "are aliases"),
    (SCRIPT, ".EXAMPLE", ".EXAMPLES", "no .EXAMPLE"),
    (SCRIPT, "'--allow-incomplete'", "'--allow-incompleteness'",
     "no option --allow-incompleteness"),
    (SCRIPT, "$Credential = ", "$Credential = ConvertTo-SecureString "
     "-AsPlainText x; $y = ", "AsPlainText"),
)
SYNTAX_FAULTS = (
    ("if ($Strict) {", "if ($Strict {"),
    ("} finally {", "finally {"),
    ("$words = @('merge')", "$words = @('merge'"),
)


def main():
    source, modules, program = (pathlib.Path(path) for path in sys.argv[1:])
    contrib = source / "contrib"
    # A developer's own inventory and reports may lie beside them.
    files = {name: (contrib / name).read_text() for name in FILES}
    known = options_of(program)
    script = files[SCRIPT]
    answers = parse(source, modules, [script] + [
        script.replace(*fault) for fault in SYNTAX_FAULTS])
    found = [*complaints(files, known), *answers[0]]
    print(*found, sep="\n")
    if found:
        sys.exit(1)
    for (before, after), told in zip(SYNTAX_FAULTS, answers[1:]):
        if before not in script or not told:
            sys.exit(f"contrib.py accepts {after!r} in the script")
    for name, before, after, wanted in FAULTS:
        faulty = files | {name: files[name].replace(before, after)}
        told = "\n".join(complaints(faulty, known))
        if before not in files[name] or wanted not in told:
            sys.exit(f"contrib.py accepts {after!r} in {name}: {told}")


if __name__ == "__main__":
    main()
