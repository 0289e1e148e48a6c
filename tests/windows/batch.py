"""Does cmd.exe take the format `batch` as it is meant, whatever names say?

usage: batch.py SOURCE_DIR WINDOWS_PROGRAM NATIVE_PROGRAM

Wine's cmd.exe runs a batch file that reads the report by `for /f`, with and
without delayed expansion, names the variables and writes down what they are.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

HOSTILE = "a&echo BAD>bad.txt&%PATH%!PATH!^|(x)\"'`<y>\u00e4"

BATCH = r"""@echo off
setlocal {mode}DelayedExpansion
{forget}
set IISDIAG_STATUS=
for /f "tokens=1* delims==" %%A in ('iisdiag.exe check -f batch evidence') do set "%%A=%%B"
set IISDIAG_
echo [%IISDIAG_1_ACCOUNT%]
if "%IISDIAG_STATUS%"=="failed" echo failed with %IISDIAG_EXIT_CODE%
if not "%IISDIAG_1_ACCOUNT%"=="" (echo account %IISDIAG_1_ACCOUNT%) else (echo none)
"""


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True,
                          stdin=subprocess.DEVNULL, check=False)


def make_server(source, folder):
    """A server whose account has a name that is made to harm."""
    evidence = folder / "evidence"
    shutil.copytree(source / "tests/scenarios/deny-network-guests/evidence",
                    evidence)
    for file in evidence.iterdir():
        name = HOSTILE
        if file.suffix == ".xml":
            name = escape(name, {'"': "&quot;"})
        file.write_bytes(file.read_bytes().replace(b"IUSR_WEB01",
                                                   name.encode()))


def main():
    source, program, native = (pathlib.Path(path) for path in sys.argv[1:])
    wine = [str(source / "scripts/wine")]
    first = run([*wine, str(program), "--version"], source)
    if first.returncode == 77:
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        shutil.copy(program, folder / "iisdiag.exe")
        make_server(source, folder)
        lines = run([str(native), "check", "-f", "batch", "evidence"],
                    folder).stdout.decode("ascii").splitlines()
        values = dict(line.split("=", 1) for line in lines)
        account = values["IISDIAG_1_ACCOUNT"]
        if not re.fullmatch(r".*a_echo BAD_bad\.txt__PATH__PATH____x_+y__",
                            account):
            sys.exit(f"the account is {account}")
        wanted = sorted(line for line in lines if not line.endswith("="))
        wanted += [f"[{account}]", f"failed with {values['IISDIAG_EXIT_CODE']}",
                   f"account {account}"]
        # What the one who runs the tests has set (IISDIAG_FULL) is no value of
        # the report.
        forget = "\n".join(f'set "{name}="' for name in os.environ
                           if name.startswith("IISDIAG_"))
        for mode in ("Disable", "Enable"):
            (folder / "read.cmd").write_text(
                BATCH.format(mode=mode, forget=forget), newline="\r\n")
            for _ in range(3):  # Wine sometimes starts a program not at all
                got = run([*wine, "cmd.exe", "/c", "read.cmd"], folder)
                out = got.stdout.decode("ascii", "replace").splitlines()
                if out:
                    break
            if sorted(out[:-3]) + out[-3:] != wanted:
                sys.exit("\n".join([f"{mode}DelayedExpansion:", *out,
                                    "and not:", *wanted]))
            if (folder / "bad.txt").exists():
                sys.exit("a name of the evidence was run as a command")
        print(f"{len(lines)} variables, twice")


if __name__ == "__main__":
    main()
