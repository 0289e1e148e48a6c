"""Does the program survive files that were made to harm, and stay small?

usage: hostile.py PROGRAM

Each case is a folder with one file beside a sound configuration. For each the
program has to end by itself with 0, 1, 2 or 4, take little more memory than
twice the longest text that it reads (256 MB), write nothing anywhere, and print no control character but line feeds, in every
format. A case that cannot be seen to be read would prove nothing: each says
what the report has to tell of it.
"""

import io
import multiprocessing
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import zipfile

MB = 1 << 20
MOST_MEMORY = 576 * MB
SECONDS = 120  # far more than any takes, so that a hang is told as one

CONFIGURATION = b"""<?xml version="1.0"?>
<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0"><MBProperty>
<IIsWebService Location="/LM/W3SVC" AnonymousPasswordSync="FALSE"
 AnonymousUserName="IUSR_WEB01" AnonymousUserPass="x"/>
</MBProperty></configuration>
"""
W3C = b"#Software: Microsoft Internet Information Services 10.0\r\n" \
      b"#Date: 2026-11-20 10:00:00\r\n" \
      b"#Fields: date time s-ip cs-method cs-uri-stem cs-username sc-status " \
      b"sc-substatus sc-win32-status\r\n"
ROW = b"2026-11-20 10:00:00 10.0.0.1 GET /%s - 401 1 1326\r\n"


def zipped(*entries):
    """A zip of (name, bytes) or of (ZipInfo, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def link(name, target):
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry, target


def nested(depth):
    data = zipped(("x.inf", b"\0" * (8 * MB)))
    for _ in range(depth):
        data = zipped(*((f"{i}.zip", data) for i in range(10)))
    return data


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + \
    b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' %
             (c, *[c - 1] * 4) for c in range(ord("b"), ord("z"))) + \
    b'<!ENTITY f SYSTEM "file:///etc/passwd">]>' \
    b"<configuration><a>&y;&f;</a></configuration>"

# name: (file, bytes, what the verbose report or standard error tells)
CASES = {
    "one line of 255 MB": (
        "secedit.inf", lambda: b"[Privilege Rights]\r\n" + b"A" * (255 * MB),
        r"secedit\.inf"),
    "a log row of 255 MB": (
        "u_ex.log", lambda: W3C + b"x" * (255 * MB) + b"\r\n" + ROW % b"a",
        r"u_ex\.log"),
    "a file over the limit": (
        "big.inf", lambda: None, r"big\.inf"),
    "line feeds alone": (
        "secedit.inf", lambda: b"[Privilege Rights]\n" + b"\n" * (100 * MB),
        r"secedit\.inf"),
    "deep XML": (
        "applicationHost.config",
        lambda: b"<configuration>" + b"<a>" * (5 * MB), r"applicationHost"),
    "attributes without end": (
        "applicationHost.config",
        lambda: b"<configuration " +
        b" ".join(b'a%d=""' % i for i in range(2 * MB)) + b"/>",
        r"applicationHost"),
    "entities that multiply, and one that reads a file": (
        "applicationHost.config", lambda: ENTITIES, r"applicationHost"),
    "NUL and lone surrogates": (
        "server.reg",
        lambda: "Windows Registry Editor Version 5.00\r\n\r\n".encode(
            "utf-16") + b"\x00\xd8\x00\x00\x00\xdc" * 1000, r"server\.reg"),
    "terminal escapes": (
        "net-user.txt",
        lambda: b"User name                    IUSR_WEB01\x1b]0;x\x07\x1b[2J\r\n"
        b"Account active               \x1b[31mYes\r\n", r"net-user|."),
    "a zip that climbs out": (
        "a.zip", lambda: zipped(("../../climbed.inf", b"[Version]"),
                                ("/absolute.inf", b"x"),
                                ("C:\\absolute.inf", b"x")), r"a\.zip"),
    "links in a zip": (
        "a.zip", lambda: zipped(link("net-user.txt", b"/etc/passwd")),
        r"a\.zip"),
    "names of devices in a zip": (
        "a.zip", lambda: zipped(("CON", b"x"), ("aux.inf", b"x"),
                                ("NUL.txt", b"x"), ("a:b", b"x")), r"a\.zip"),
    "a bomb": ("a.zip", lambda: zipped(("x.inf", b"\0" * (900 * MB))),
               r"a\.zip"),
    "bombs in bombs": ("a.zip", lambda: nested(3), r"a\.zip"),
    "names without end in a zip": (
        "a.zip", lambda: zipped(*((f"{i}.inf", b"") for i in range(65535))),
        r"a\.zip"),
    "groups without end in a log": (
        "u_ex.log",
        lambda: W3C + b"".join(ROW % (b"%d/a" % i) for i in range(1500000)),
        r"u_ex\.log|logon"),
}


def run(program, folder, arguments):
    """Exit code, output, most memory."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            ["timeout", str(SECONDS), program, "check", *arguments, "case"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        return os.waitstatus_to_exitcode(status), out.read(), \
            usage.ru_maxrss * 1024


def write(path, data):
    content = data()
    if content is None:  # sparse: takes no room
        with open(path, "wb") as sparse:
            sparse.truncate(1 << 30)
    else:
        path.write_bytes(content)


def faults(program, folder, make):
    file, data, told = make
    case = folder / "case"
    case.mkdir()
    (case / "MetaBase.xml").write_bytes(CONFIGURATION)
    # By a process of its own: what this one takes would count as the program's,
    # which begins as a copy of it.
    writer = multiprocessing.get_context("fork").Process(
        target=write, args=(case / file, data))
    writer.start()
    writer.join()
    if writer.exitcode != 0:
        yield "could not be made"
        return
    before = sorted(folder.rglob("*"))
    looks = [["--verbose"]]
    if (case / file).stat().st_size < MB:
        looks += [["-f", name] for name in FORMATS if name != "jsonl"]
        # As one of several servers, to which jsonl belongs.
        looks += [["--each", "-f", name] for name in ("jsonl", "text", "html")]
    for look in looks:
        code, out, memory = run(program, folder, look)
        if code not in ((2, 3) if "nagios" in look else (0, 1, 2, 4)):
            yield f"{look}: ended with {code}: {out[-300:]!r}"
        if memory > MOST_MEMORY:
            yield f"{look}: took {memory // MB} MB"
        strange = re.search(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", out)
        if strange:
            yield f"{look}: prints {strange[0]!r}"
        if b"root:" in out:
            yield f"{look}: tells of a file that is no evidence"
        if look == ["--verbose"] and not re.search(told, out.decode()):
            yield f"{look}: does not tell of {file}"
    if sorted(folder.rglob("*")) != before:
        yield "wrote a file"


FORMATS = []


def main():
    program = os.path.abspath(sys.argv[1])
    listed = subprocess.run([program, "list", "formats"], check=True,
                            capture_output=True, text=True).stdout
    FORMATS.extend(line.split()[0] for line in listed.splitlines())
    bad = 0
    for name, make in CASES.items():
        with tempfile.TemporaryDirectory() as scratch:
            for fault in faults(program, pathlib.Path(scratch), make):
                print(f"{name}: {fault}")
                bad += 1
    print(f"{len(CASES)} cases, {bad} faults")
    return 1 if bad or not FORMATS else 0


if __name__ == "__main__":
    sys.exit(main())
