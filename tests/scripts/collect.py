"""Looks at the scripts of collect without running them; see collect.sh.

usage: collect.py PROGRAM
"""

import re
import subprocess
import sys

# Programs, by the full path that they are called by. Documentation of the
# commands of Windows NT 4.0, 2000, 2003 and 2008; adsutil.vbs and eventquery.vbs
# are scripts of IIS and of XP and 2003.
OLD = {
    "%FIND%": "find.exe",
    "%FINDSTR%": "findstr.exe",
    "%CSCRIPT%": "cscript.exe",
    r"%SYS%\net.exe": "",
    r"%SYS%\secedit.exe": "2000",
    r"%SYS%\whoami.exe": "2003",
    r"%SYS%\systeminfo.exe": "XP",
    r"%SYS%\eventquery.vbs": "XP",
    r"%SystemRoot%\system32\find.exe": "",
    r"%SystemRoot%\regedit.exe": "",
    r"%NTRESKIT%\showpriv.exe": "the resource kit",
}
NEW = {
    r"%SYS%\cscript.exe": "",
    r"%SYS%\gpresult.exe": "",
    r"%SYS%\net.exe": "",
    r"%SYS%\reg.exe": "",
    r"%SYS%\secedit.exe": "",
    r"%SYS%\systeminfo.exe": "",
    r"%SYS%\wevtutil.exe": "",
    r"%SYS%\whoami.exe": "",
    r"%SystemRoot%\sysnative\cmd.exe": "",
    "%POWERSHELL%": r"%SYS%\WindowsPowerShell\v1.0\powershell.exe",
}
# What is there in some versions only is asked for with "if exist", or has a
# step behind it that says that it failed.
ASKED_FOR = ("2000", "2003", "XP", "the resource kit")

INTERNAL = {
    "cd", "copy", "date", "del", "echo", "exit", "for", "goto", "call", "if",
    "md", "rd", "rem", "ren", "set", "setlocal", "shift", "time", "type", "ver",
    "start", "else", ")", "(", "do",
}
# What cmd.exe of Windows NT 4.0 does not have.
TOO_NEW = (
    r"\bexit /b", r"goto\s*:?eof", r"usebackq", r"%DATE%", r"%TIME%", r"%CD%",
    r"%RANDOM%", r"%ERRORLEVEL%", r"\bset /p", r"enabledelayedexpansion",
    r"\bcopy /y", r"\belse\b", r"\bpushd\b",
)
# Commands that change a server.
CHANGES = (
    r"\breg(\.exe)?\"? +(add|delete|import|load|restore)",
    r"\bnet(\.exe)?\"? +(start|stop|use|share)\b", r"/add\b", r"/delete\b",
    r"/active", r"\bset +config", r"\bappcmd", r"\bsc(\.exe)?\"? ",
    r"\b[ix]?cacls", r"\biisreset", r"/configure", r"gpupdate", r"/regserver",
    r"\brunas\b", r"\bschtasks\b", r"\bat\.exe", r"http:", r"\bftp\.exe", r"\bsetx\b",
)


def parts(text):
    """The lines for cmd.exe with their numbers, and the text for cscript."""
    lines = text.split("\r\n")
    end = lines.index("*/")
    batch = [(number, line) for number, line in enumerate(lines[:end], 1)
             if number > 1 and not re.match(r"\s*rem\b", line)]
    return batch, "\n".join(lines[end + 1:])


def commands(line):
    """What a line calls: the first words, behind conditions and loops."""
    line = line.strip().lstrip("@")
    line = re.sub(r"^(>>?\S+ )", "", line)
    while True:
        found = (re.match(r"if (?:/i )?(?:not )?(?:errorlevel \d+|defined \S+|"
                          r"exist (?:\"[^\"]*\"|\S+)|"
                          r"(?:\"[^\"]*\"|%\w+%)\s*(?:==|equ|lss|gtr)\s*"
                          r"(?:\"[^\"]*\"|\d+)) (.*)", line) or
                 re.match(r"for (?:/f \"[^\"]*\" )?%%\w in \([^)]*(?:\"\))?\)? ?do (.*)",
                          line))
        if not found:
            break
        line = re.sub(r"^(>>?\S+ )", "", found[1].strip())
    # Behind a pipe and "or" stands a command of its own.
    unquoted = re.sub(r'"[^"]*"', lambda quoted: quoted[0].replace("|", " "), line)
    for piece in re.split(r"\|\|?", unquoted):
        piece = piece.strip()
        quoted = re.match(r'"([^"]+)"', piece)
        if quoted:
            yield quoted[1]
        elif piece and not piece.startswith(":"):
            yield re.match(r"[()]|[^\s.(=]+", piece)[0]


def complaints(text, allowed, is_old):
    body = text.encode()
    if not body.isascii():
        yield "it is not ASCII"
    if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        yield "a line ends in another way"
    batch, script = parts(text)
    for number, line in enumerate(text.split("\r\n"), 1):
        if len(line) > 2000:
            yield f"{number}: too long for cmd.exe of NT 4.0"
    for number, line in batch:
        # Not what it prints, or notes as not read.
        code = re.sub(r"^\s*(>>?\S+ )?echo\b.*|:(not_read|failed)\b.*", "",
                      line)
        for command in commands(line):
            if command.lower() not in INTERNAL and command not in allowed:
                yield f"{number}: {command} is not on the list"
            if allowed.get(command) in ASKED_FOR and "if exist" not in line:
                earlier = [before for at, before in batch if at < number]
                if not any(f'if not exist "{command}"' in before
                           for before in earlier):
                    yield f"{number}: {command} is not everywhere"
        for name in re.findall(r"\S+\.(?:exe|vbs|com|bat)\b", code):
            name = name.strip('"()').lstrip('"')
            known = (name in allowed or name in allowed.values() or
                     name.startswith(("set ", "ADSUTIL=", "FIND=")) or
                     re.fullmatch(r"\w+=%S\w+%\\\S+", name) or
                     "\\adsutil.vbs" in name)
            if not known:
                yield f"{number}: {name} is called without its full path"
        for pattern in CHANGES:
            if re.search(pattern, code, re.IGNORECASE):
                yield f"{number}: {line.strip()} would change the server"
        for target in re.findall(r"(?<![\^\d=%])\d?>>?\s*(\S+)", line):
            if not re.fullmatch(r"nul|&1|[\w\\%.-]+\.(txt|reg|csv|xml|inf)\)?",
                                target):
                yield f"{number}: it writes to {target}"
            elif ":" in target or target.startswith("\\"):
                yield f"{number}: it writes outside of its folder: {target}"
        if is_old:
            for pattern in TOO_NEW:
                if re.search(pattern, code, re.IGNORECASE):
                    yield f"{number}: NT 4.0 has no {pattern}"
    for name in re.findall(r'ActiveXObject\("([^"]+)"\)', script):
        if name not in ("Scripting.FileSystemObject", "WScript.Shell",
                        "Msxml2.DOMDocument.6.0", "Msxml2.DOMDocument.3.0"):
            yield f"the object {name} is not on the list"
    for word in ("Run(", "Exec(", "RegWrite", "RegDelete", "DeleteF", "MoveF",
                 "XMLHTTP", "eval("):
        if word in script:
            yield f"the script host may not {word}"


# (what to replace, by what, the complaint)
FAULTS = (
    ("ver > ver.txt", "ping web02 > ver.txt", "ping is not on the list"),
    ("ver > ver.txt", '"%SYS%\\sc.exe" query > ver.txt',
     "sc.exe is not on the list"),
    ("ver > ver.txt", "net.exe user > ver.txt", "net is not on the list"),
    ("ver > ver.txt", "ver > C:\\ver.txt", "it writes to C:\\ver.txt"),
    ("ver > ver.txt", '"%SYS%\\net.exe" user x /delete',
     "would change the server"),
    ("ver > ver.txt", "ver > ver.txt\nver > ver.txt", "ends in another way"),
    ("ver > ver.txt", "rem \u00e4", "it is not ASCII"),
    ('tell("done");', 'shell.Run("cmd");', "may not Run("),
)
OLD_FAULTS = (
    ("ver > ver.txt", "if errorlevel 1 exit /b 1", "NT 4.0 has no"),
    ('if exist "%SYS%\\whoami.exe" ', "", "whoami.exe is not everywhere"),
)


def main():
    failed = False
    for arguments, allowed, is_old in (((), NEW, False),
                                       (("--windows", "nt4"), OLD, True)):
        run = subprocess.run(
            [sys.argv[1], "collect", "--script", *arguments], check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        text = run.stdout.decode()
        for complaint in complaints(text, allowed, is_old):
            print("collect-nt4.cmd" if is_old else "collect-2008.cmd", complaint,
                  sep=":")
            failed = True
        for before, after, complaint in FAULTS + (OLD_FAULTS if is_old else ()):
            faulty = text.replace(before, after, 1)
            if faulty == text or not any(
                    complaint in told
                    for told in complaints(faulty, allowed, is_old)):
                sys.exit(f"collect.py accepts {after!r} (old: {is_old})")
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
