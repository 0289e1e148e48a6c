"""The calls of iisdiag that pages show, and whether the program takes them."""

import pathlib
import re
import subprocess
import tempfile

import extending

CALL = re.compile(
    r"""(?:^|[\s"'`\\/(@=]|%~dp0)iisdiag(?:\.exe)?["']?[ ]+
        ((?:check|collect|explain|merge|diff|list)\b[^\n]*)""", re.VERBOSE)
# In Icinga's language and others a command is a list of its words.
WORD_LIST = re.compile(r'iisdiag\.exe", ("check"[^\]]*)\]')
# What a call ends at: the shell goes on, or a list of arguments is over.
END = re.compile(r"\s(?:2?>|\||&|<|\\$|\^$)|[`)]|'\)?$|'\)|\"$|;")
# Variables of cmd.exe, PowerShell, GitHub, GitLab and Azure, and macros.
VARIABLE = re.compile(r"%\*|%\w+%|\$\(\w[\w.]*\)|\$\w+\$?|\$\{\{.*?\}\}")
PLACEHOLDERS = re.compile(r"\[|\.\.\.|\b(?:TOPIC|CODE|COMMAND)\b")


def words_of(call):
    """The words of a call, without quotes and with x for variables."""
    call = VARIABLE.sub("x", call)
    end = END.search(re.sub(r'"[^"]*"', lambda m: "_" * len(m[0]), call))
    call = call[:end.start()] if end else call
    return [re.sub(r'"', "", word)
            for word in re.findall(r'(?:"[^"]*"|[^\s"])+', call)]


def calls(page):
    """(line, words) of every call in code blocks of a page and in its prose.
    The ```console blocks are run as they are; C++ calls nothing."""
    for number, language, lines in extending.blocks(page.text):
        if language in ("console", "sh", "cpp", "mermaid", "text"):
            continue
        for at, line in enumerate(lines, number + 1):
            for found in CALL.finditer(line):
                yield at, words_of(found[1])
            for found in WORD_LIST.finditer(line):
                yield at, re.findall(r'"([^"]*)"', found[1])
    for at, line in enumerate(page.prose.splitlines(), 1):
        spans = re.findall(r"`([^`]+)`", line)
        if line.startswith("    "):
            spans = [re.sub(r"  +[a-z].*", "", line.strip())]
        for span in spans:
            if re.match("(check|collect) -", span):
                span = "iisdiag " + span
            found = CALL.match(" " + span)
            words = words_of(found[1]) if found else []
            # A command by itself is its name.
            if (len(words) > 1 and words != ["check", "--each"]
                    and not PLACEHOLDERS.search(span)):
                yield at, words


def refusal(program, words):
    """What the program's parser says against a call; nothing if it takes it.
    It is run where it finds no evidence and can do no harm."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([pathlib.Path(program).resolve(), *words], cwd=folder, text=True,
                             stdin=subprocess.DEVNULL, capture_output=True,
                             timeout=60)
    return run.stderr.strip() if 'iisdiag: run "iisdiag' in run.stderr else ""


def judge_calls(program, pages):
    count = 0
    for page in pages.values():
        for line, words in calls(page):
            count += 1
            told = refusal(program.path, words)
            if told:
                yield (f"{page.name}:{line}: no call that the program takes: "
                       f"{' '.join(words)}\n{told}")
    if count < 30:
        yield f"only {count} calls of the program were found"
