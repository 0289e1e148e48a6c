"""Judges the workflows of .github/workflows/; workflows.sh says how.

usage: workflows.py SOURCE_DIR NODE_MODULES
"""

import json
import pathlib
import re
import subprocess
import sys

import yaml

NAMES = ["fuzz", "linux", "release", "windows"]
# The one job that writes, and what.
WRITES = {("release", "publish"): {"contents": "write"}}
# No action of anybody else, and a version of which GitHub says that it stays.
ACTION = r"actions/(?:cache|checkout|download-artifact|upload-artifact)@v\d+"
SCRIPT = r"(?<![\w.\\/-])((?:scripts|\.ci|tests)[\\/][\w.\\/-]+)"


def shellcheck(text):
    # What GitHub puts in is a word.
    plain = re.sub(r"\$\{\{.*?\}\}", "word", text)
    run = subprocess.run(["shellcheck", "--shell=sh", "--format=gcc", "-"],
                         input=plain, text=True, capture_output=True,
                         check=False)
    return run.stdout.splitlines()


def judge_step(source, step, on_windows):
    if "uses" in step:
        if not re.fullmatch(ACTION, step["uses"]):
            yield f"uses {step['uses']}"
        return
    command = step["run"]
    if on_windows:
        if "shell" not in step:
            yield f"no shell for {command!r}"
    else:
        yield from shellcheck(command)
    for name in re.findall(SCRIPT, command):
        if not (source / name.replace("\\", "/")).exists():
            yield f"there is no {name}"


def judge(source, name, text):
    workflow = yaml.safe_load(text)
    if workflow["name"] != name:
        yield f"is called {workflow['name']}"
    if workflow.get("permissions") != {"contents": "read"}:
        yield "may do more than read"
    if "group" not in workflow.get("concurrency", {}):
        yield "can run many times at once"
    for key, job in workflow["jobs"].items():
        if job.get("permissions") != WRITES.get((name, key)):
            yield f"{key} has permissions of its own"
        if not 0 < job.get("timeout-minutes", 0) < 360:
            yield f"{key} has no limit of time"
        on_windows = "windows" in json.dumps([
            job["runs-on"], job.get("strategy", "")])
        for step in job["steps"]:
            for what in judge_step(source, step, on_windows):
                yield f"{key}: {what}"


def complaints(source, modules, workflows):
    """For each of the workflows, pairs of name and text, what is wrong."""
    asked = [{"language": "github", "text": text} for _, text in workflows]
    run = subprocess.run(
        ["node", "--liftoff-only", source / "tests/node/read_examples.mjs",
         modules],
        input=json.dumps(asked), text=True, capture_output=True, check=False)
    if run.returncode:
        sys.exit(run.stderr)
    result = []
    for (name, text), linted in zip(workflows, json.loads(run.stdout)):
        try:
            own = list(judge(source, name, text))
        except (AttributeError, KeyError, TypeError, yaml.YAMLError) as error:
            own = [f"cannot be read: {error!r}"]
        result.append([f"{name}.yml: {what}" for what in linted + own])
    return result


# (workflow, a text, what to put there, what has to be said)
FAULTS = (
    ("linux", "runs-on:", "run-on:", "run-on"),
    ("linux", "github.ref }}", "github.reff }}", "reff"),
    ("linux", ".ci/run", ".ci/runs", "there is no .ci/runs"),
    ("linux", '"$GITHUB_WORKSPACE"', "$GITHUB_WORKSPACE", "SC2086"),
    ("fuzz", "17 2 * * *", "77 2 * * *", "CRON"),
    ("fuzz", "  group: fuzz\n", "", "at once"),
    ("fuzz", "timeout-minutes:", "#", "no limit of time"),
    ("release", "contents: read", "contents: write", "more than read"),
    ("release", "contents: write", "packages: write", "of its own"),
    ("release", "actions/upload-artifact@v4", "somebody/upload@v4",
     "uses somebody"),
    ("windows", r"tests\windows\validate.cmd", r"tests\windows\valid.cmd",
     "there is no tests"),
)


def main():
    source, modules = (pathlib.Path(path) for path in sys.argv[1:])
    texts = {path.stem: path.read_text(encoding="ascii")
             for path in sorted(source.glob(".github/workflows/*"))}
    if list(texts) != NAMES:
        sys.exit(f"the workflows are {list(texts)}")
    faulty = [(name, texts[name].replace(before, after, 1))
              for name, before, after, _ in FAULTS]
    told = complaints(source, modules, [*texts.items(), *faulty])
    found = [what for texts in told[:len(texts)] for what in texts]
    if found:
        sys.exit("\n".join(found))
    for (name, before, _, wanted), whats in zip(FAULTS, told[len(texts):]):
        if wanted not in "\n".join(whats):
            sys.exit(f"workflows.py does not see what becomes of {before!r} "
                     f"in {name}.yml: {whats}")


if __name__ == "__main__":
    main()
