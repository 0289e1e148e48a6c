"""Do the batch files of docs/use/ do what the pages say?

usage: batch_pages.py SOURCE_DIR WINDOWS_PROGRAM NATIVE_PROGRAM

Wine's cmd.exe runs them beside the program, once for each way that it can end.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, sys.argv[1] + "/tests/scripts")
import extending  # noqa: E402  the path is set above

# (arguments, exit code, result) of the ladder, one for each of its labels
LADDER = (
    (["--demo=healthy-builtin-iusr"], 0, "nothing failed"),
    (["--demo"], 1, "the logon fails, see above"),
    (["--demo=healthy-iis6"], 2, "something could not be checked"),
    (["--demo=healthy-iis6", "--allow-incomplete"], 0, "nothing failed"),
    (["--frobnicate"], 3, "the call is wrong"),
    (["no-such-folder"], 4, "there is nothing to check"),
    (["--demo", "--report", r"text=no-such-folder\report.txt"], 5,
     "iisdiag did not do its work"),
)

# (arguments, exit code, whole output) of the values
VALUES = (
    (["--demo"], 1, ["WEB01 failed: account-missing",
                     r"  W3SVC WEB01\IUSR_WEB01 failed"]),
    (["--demo=right-missing-2016"], 1,
     ["WEB55 failed: right-missing",
      r"  W3SVC WEB55\shopanon failed",
      r"  W3SVC NT AUTHORITY\IUSR passed"]),
    (["no-such-folder"], 5, ["no report"]),
)

# (scenarios of the list, exit code, result) of nights, one after the other; no
# list at all is none. All are of a server called WEB01.
NIGHTS = (
    (["healthy-iis6"], 0, "nothing to compare with yet"),
    (["healthy-iis6"], 0, "nothing became worse"),
    (["deny-network-guests"], 1, "something became worse"),
    (["deny-network-guests"], 0, "nothing became worse"),
    (None, 5, "iisdiag did not do its work"),
    # What the last report said is not forgotten meanwhile.
    (["deny-network-guests", "no-such-server"], 1, "something became worse"),
)


def batch_files(page):
    """name: text, for blocks whose second line is `rem NAME.cmd ...: ...`."""
    files = {}
    for _, language, lines in extending.blocks(page.read_text()):
        named = language == "bat" and len(lines) > 1 and re.match(
            r"rem ([\w-]+\.cmd)\b", lines[1])
        if named:
            files[named[1]] = "".join(f"{line}\r\n" for line in lines)
    return files


def main():
    source, program, _ = (pathlib.Path(path) for path in sys.argv[1:])
    wine = str(source / "scripts/wine")
    first = subprocess.run([wine, str(program), "--version"],
                           stdin=subprocess.DEVNULL, check=False)
    if first.returncode == 77:
        sys.exit(77)
    files = {**batch_files(source / "docs/use/batch.md"),
             **batch_files(source / "docs/use/fleets.md"),
             **batch_files(source / "docs/use/task-scheduler.md")}
    if list(files) != ["check.cmd", "values.cmd", "fleet-night.cmd",
                       "iisdiag-task.cmd"]:
        sys.exit(f"docs/use/ has these batch files: {list(files)}")

    with tempfile.TemporaryDirectory(prefix="iisdiag-") as scratch:
        folder = pathlib.Path(scratch)
        shutil.copy(program, folder / "iisdiag.exe")

        def call(name, arguments):
            run = subprocess.run(
                [wine, "cmd", "/c", name, *arguments], cwd=folder, text=True,
                capture_output=True, stdin=subprocess.DEVNULL, check=False)
            return run.returncode, run.stdout.splitlines()

        def complaints():
            for arguments, code, result in LADDER:
                found = call("check.cmd", arguments)
                if (found[0], found[1][-1:]) != (code, [f"RESULT: {result}"]):
                    yield f"check.cmd {arguments}: {found}"
            # A stale variable, which the batch file has to forget.
            for arguments, code, lines in VALUES:
                found = call("stale.cmd", arguments)
                if found != (code, lines):
                    yield f"values.cmd {arguments}: {found}"

            # Wine has no IIS, so that a live check finds nothing to check; a
            # report of yesterday is gone then.
            kept = folder / "reports"
            kept.mkdir(exist_ok=True)
            (kept / "report.json").write_text("{}")
            found = call("iisdiag-task.cmd", [])
            if found != (4, []) or list(kept.iterdir()):
                yield f"iisdiag-task.cmd: {found}, {list(kept.iterdir())}"

            listed = folder / "servers.txt"
            for scenarios, code, result in NIGHTS:
                listed.unlink(missing_ok=True)
                if scenarios is not None:
                    listed.write_text("".join(
                        f"Z:{source}/tests/scenarios/{name}/evidence\n"
                        for name in scenarios).replace("/", "\\"))
                found = call("fleet-night.cmd", [])
                if (found[0], found[1][-1:]) != (code, [f"RESULT: {result}"]):
                    yield f"fleet-night.cmd with {scenarios}: {found}"
            shutil.rmtree(kept)

        for name, text in files.items():
            (folder / name).write_text(text, newline="")
        (folder / "stale.cmd").write_text(
            "@set IISDIAG_EXIT_CODE=0\r\n@values.cmd %*\r\n", newline="")
        found = list(complaints())
        print(*found, sep="\n")
        if found:
            sys.exit(1)
        # Proves that it can fail: a ladder that is climbed from below.
        lines = files["check.cmd"].split("\r\n")
        rungs = [i for i, line in enumerate(lines)
                 if line.startswith("if errorlevel")]
        for i, line in zip(rungs, [lines[i] for i in reversed(rungs)]):
            lines[i] = line
        (folder / "check.cmd").write_text("\r\n".join(lines), newline="")
        if not list(complaints()):
            sys.exit("batch_pages.py accepts a ladder in the wrong order")


if __name__ == "__main__":
    main()
