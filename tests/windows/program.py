"""The Windows program as a shell runs it, in Wine: arguments, streams, files.

usage: program.py SOURCE_DIR WINDOWS_PROGRAM NATIVE_PROGRAM

Wine says nothing about accounts, rights and logons that could be believed: that
the program does not believe it either is all that is asked about them here.
"""

import contextlib
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

SOURCE, PROGRAM, NATIVE = (pathlib.Path(path) for path in sys.argv[1:4])
WINE = [str(SOURCE / "scripts/wine"), str(PROGRAM)]
SCENARIOS = SOURCE / "tests/scenarios"
VERSION = re.search(r"VERSION (\d+\.\d+\.\d+)",
                    (SOURCE / "CMakeLists.txt").read_text().split("project(")[1]
                    )[1]


def call(*arguments, folder=SOURCE, **more):
    return subprocess.run([*WINE, *arguments], cwd=folder, capture_output=True,
                          stdin=subprocess.DEVNULL, check=False, **more)


def native(*arguments, folder=SOURCE):
    return subprocess.run([str(NATIVE), *arguments], cwd=folder,
                          capture_output=True, stdin=subprocess.DEVNULL,
                          check=False)


@contextlib.contextmanager
def registry_to_ourselves():
    """The programs of 32 and of 64 bits share the registry of one prefix."""
    with open(tempfile.gettempdir() + "/iisdiag-test-registry.lock", "w",
              encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def reg(*arguments):
    # A busy machine's Wine sometimes starts a program not at all (reports.py).
    for _ in range(3):
        run = subprocess.run(
            [WINE[0], "reg", *arguments, "/f", "/reg:64"], cwd=SOURCE,
            capture_output=True, stdin=subprocess.DEVNULL, check=False)
        if run.returncode == 0:
            return
    run.check_returncode()


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="iisdiag-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def same_as_native(self, *arguments):
        """Both programs in the scratch folder; what the Windows one did."""
        theirs = call(*arguments, folder=self.folder)
        ours = native(*arguments, folder=self.folder)
        self.assertEqual((theirs.returncode, theirs.stdout, theirs.stderr),
                         (ours.returncode, ours.stdout, ours.stderr))
        return theirs

    def evidence(self, scenario, *path):
        target = self.folder.joinpath(*path)
        shutil.copytree(SCENARIOS / scenario / "evidence", target)
        return target

    def test_version(self):
        run = call("--version")
        self.assertEqual((run.returncode, run.stdout, run.stderr),
                         (0, f"iisdiag {VERSION}\n".encode(), b""))

    def test_help(self):
        for words in (["--help"], ["check", "--help"], ["list", "--help"], []):
            self.same_as_native(*words)

    def test_explain(self):
        self.same_as_native("explain", "2E", "05", "00", "00", "401", "1", "0")
        self.same_as_native("explain", "right-denied", "-2147023511", "no-code")
        self.same_as_native("explain", "-")
        text = ("Event Source:\tW3SVC\r\nEvent ID:\t100\r\n"
                "Data:\r\n0000: 69 05 00 00   i...\r\nK\u00f6ln 1326\r\n")
        for encoding in ("utf-8", "utf-16", "cp1252"):
            with self.subTest(encoding=encoding):
                theirs, ours = (
                    subprocess.run([*program, "explain", "-"],
                                   input=text.encode(encoding), cwd=self.folder,
                                   capture_output=True, check=False)
                    for program in (WINE, [str(NATIVE)]))
                self.assertEqual(
                    (theirs.returncode, theirs.stdout, theirs.stderr),
                    (ours.returncode, ours.stdout, ours.stderr))
                self.assertIn(b"  ^ 69 05 00 00: error 1385", theirs.stdout)

    def test_size(self):
        self.assertLess(PROGRAM.stat().st_size, 3 * 1024 * 1024)

    def test_version_resource_and_manifest(self):
        image = PROGRAM.read_bytes()
        for text in ("FileVersion", "ProductVersion", PROGRAM.name):
            self.assertIn(text.encode("utf-16-le"), image)
        self.assertIn(f"ProductVersion\0{VERSION}\0".encode("utf-16-le"),
                      image.replace(b"\0\0\0", b"\0\0")
                      if f"ProductVersion\0{VERSION}\0".encode("utf-16-le")
                      not in image else image)
        self.assertIn(b'level="asInvoker"', image)
        self.assertIn(b">true</longPathAware>", image)

    # The batch ladder: 0 to 5 (docs/exit-codes.md).
    def test_exit_codes(self):
        for code, words in (
                (0, ["check", "--demo=healthy-builtin-iusr"]),
                (1, ["check", "--demo"]),
                (2, ["check", "--demo=healthy-iis6"]),
                (3, ["check", "--fromat", "json"]),
                (4, ["check", "nothing-here"]),
                (5, ["check", "--demo", "-r", "json=nowhere/x.json"])):
            with self.subTest(code=code):
                self.assertEqual(call(*words).returncode, code)
                self.assertEqual(native(*words).returncode, code)

    def test_unknown_path(self):
        run = self.same_as_native("check", "nothing-here")
        self.assertEqual(run.stderr,
                         b"iisdiag: nothing-here: no such file or folder\n")
        run = call("check", "Q:\\nothing\\here")
        self.assertEqual((run.returncode, run.stdout), (4, b""))

    def test_arguments_of_all_scripts(self):
        # Neither in one code page nor in the first plane of Unicode.
        name = "Prüfung 日本 \U0001F600"
        run = self.same_as_native("check", name)
        self.assertIn(name.encode(), run.stderr)
        self.evidence("q253204", name)
        run = self.same_as_native("check", name)
        self.assertEqual(run.returncode, 1)
        self.assertIn(name.encode(), run.stdout)

    def test_arguments_arrive_unchanged(self):
        for word in ("*", "?x", "a b", "", 'quo"te', "back\\", "%PATH%", "-x"):
            self.same_as_native("check", word)
        # Not even a pattern that fits something.
        self.evidence("q253204", "case")
        self.same_as_native("check", "ca*")

    def test_windows_paths(self):
        folder = self.evidence("q253204", "a folder", "below")
        wanted = native("check", "a folder/below", "-f", "json",
                        folder=self.folder)
        for path in ("a folder\\below", ".\\a folder\\below\\",
                     "Z:" + str(folder).replace("/", "\\"),
                     "\\\\?\\Z:" + str(folder).replace("/", "\\")):
            with self.subTest(path=path):
                run = call("check", path, "-f", "json", folder=self.folder)
                self.assertEqual(run.returncode, 1, run.stderr)
                cut = rb'"(paths": \[[^\]]*|checked_at": "[^"]*)'
                self.assertEqual(re.sub(cut, b"", run.stdout),
                                 re.sub(cut, b"", wanted.stdout))

    def test_archive(self):
        folder = SCENARIOS / "q253204/evidence"
        with zipfile.ZipFile(self.folder / "web01.zip", "w",
                             zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, file.relative_to(folder))
        self.assertEqual(
            self.same_as_native("check", "web01.zip").returncode, 1)

    def test_long_path(self):
        path = ["n" * 100, "m" * 100, "l" * 100]
        self.evidence("q253204", *path)
        self.assertEqual(
            self.same_as_native("check", "/".join(path)).returncode, 1)
        self.assertEqual(self.same_as_native("check", ".").returncode, 1)

    # UTF-8 and LF, as on other systems; no code page comes between.
    def test_output_is_utf8_with_lf(self):
        self.evidence("deny-guests-german-iis6", "Gäste")
        run = self.same_as_native("check", "Gäste", "--verbose")
        self.assertIn("Gäste".encode(), run.stdout)
        self.assertNotIn(b"\r", run.stdout)

    def test_no_color_into_a_pipe(self):
        self.assertNotIn(b"\x1b", call("check", "--demo").stdout)
        self.assertIn(b"\x1b[31m", call("check", "--demo", "--color=always")
                      .stdout)

    def test_reports(self):
        run = call("check", "--demo", "-r", "text=ü.txt", "-r",
                   "json=new.json", folder=self.folder)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual((self.folder / "ü.txt").read_bytes(), run.stdout)
        self.assertEqual(sorted(os.listdir(self.folder)), ["new.json", "ü.txt"])

    def test_leaves_the_evidence_alone(self):
        folder = self.evidence("q253204", "case")
        before = [(file, file.stat().st_mtime_ns) for file in
                  sorted(folder.rglob("*"))]
        self.assertEqual(call("check", "case", folder=self.folder).returncode,
                         1)
        self.assertEqual(before, [(file, file.stat().st_mtime_ns) for file in
                                  sorted(folder.rglob("*"))])

    def test_a_closed_pipe_is_exit_5(self):
        with subprocess.Popen([*WINE, "list", "findings"], cwd=SOURCE,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.close()
            error = process.stderr.read()
        self.assertEqual((process.returncode, error),
                         (5, b"iisdiag: standard output could not be written\n")
                         )

    def test_live_without_iis(self):
        with registry_to_ourselves():
            for words in (["check"], ["collect", "-o", "x.zip"]):
                run = call(*words, folder=self.folder)
                self.assertEqual((run.returncode, run.stdout), (4, b""))
                self.assertIn(b"there is no IIS on this computer", run.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    # Something that looks like a server: nothing that Wine invents about it may
    # pass or fail, and nothing may be logged on.
    def test_live_on_wine_believes_nothing(self):
        key = r"HKLM\Software\Microsoft\InetStp"
        with registry_to_ourselves():
            reg("add", key, "/v", "MajorVersion", "/t", "REG_DWORD", "/d", "6")
            try:
                run = call("check", "-a", "Administrator", "-f", "json")
                reports = json.loads(run.stdout)
                stored = call("collect", "-o", "web01.zip", folder=self.folder)
                given = subprocess.run(
                    [*WINE, "check", "-a", "Administrator",
                     "--password-stdin", "-v"],
                    cwd=SOURCE, capture_output=True, input=b"hunter2\n",
                    check=False)
            finally:
                reg("delete", key)
        self.assertEqual(run.returncode, 2, run.stderr)
        host = reports["hosts"][0]
        self.assertEqual(host["source"]["kind"], "live")
        self.assertEqual(host["iis"]["version"], "6.0")
        (identity,) = host["identities"]
        self.assertEqual({check["status"] for check in identity["checks"]},
                         {"unknown"})
        self.assertIn(b"this is Wine: its answers are made up", run.stdout)
        self.assertEqual(given.returncode, 2)
        self.assertNotIn(b"hunter2", given.stdout + given.stderr)
        self.assertEqual(stored.returncode, 2, stored.stderr)
        # What was collected is checked anywhere.
        elsewhere = native("check", "web01.zip", folder=self.folder)
        self.assertEqual(elsewhere.returncode, 2, elsewhere.stderr)
        with zipfile.ZipFile(self.folder / "web01.zip") as archive:
            self.assertEqual(archive.namelist(),
                             ["snapshot.json", "manifest.json"])
            self.assertIsNone(archive.testzip())

    # The folder that 64-bit programs see, also for the program of 32 bits, which
    # Windows, and Wine, would show another one.
    def test_live_reads_the_real_inetsrv(self):
        key = r"HKLM\Software\Microsoft\InetStp"
        inetsrv = r"C:\windows\system32\inetsrv"
        source = (SCENARIOS / "apphost-custom-account-deny-local/evidence/"
                  "applicationHost.config")
        self.assertTrue(source.is_file())

        def cmd(line):
            subprocess.run([WINE[0], "cmd", "/c", line], cwd=SOURCE,
                           capture_output=True, stdin=subprocess.DEVNULL,
                           check=True)

        with registry_to_ourselves():
            reg("add", key, "/v", "MajorVersion", "/t", "REG_DWORD", "/d",
                "10")
            cmd(rf"mkdir {inetsrv}\config")
            try:
                path = "Z:" + str(source).replace("/", "\\")
                cmd(rf"copy {path} {inetsrv}\config\applicationHost.config")
                run = call("check", "--no-logon", "-f", "json")
                stored = call("collect", "-o", "web01.zip",
                              folder=self.folder)
            finally:
                cmd(rf"rmdir /s /q {inetsrv}")
                reg("delete", key)
        self.assertEqual(run.returncode, 2, run.stderr)
        host = json.loads(run.stdout)["hosts"][0]
        wanted = json.loads(native("check", str(source), "-f", "json").stdout)
        self.assertEqual(
            [identity["nodes"] for identity in host["identities"]],
            [identity["nodes"]
             for identity in wanted["hosts"][0]["identities"]])
        # Nothing that Wine says about an account passes or fails.
        for identity in host["identities"]:
            built_in = identity["account"].endswith("\\iusr".upper())
            self.assertEqual(identity["checks"][0]["status"],
                             "passed" if built_in else "unknown")
            self.assertEqual(identity["checks"][2]["status"],
                             "skipped" if built_in else "unknown")
        self.assertEqual(stored.returncode, 2, stored.stderr)
        with zipfile.ZipFile(self.folder / "web01.zip") as archive:
            self.assertIn("config/applicationHost.config", archive.namelist())

    def test_no_library_of_the_current_folder(self):
        (self.folder / "version.dll").write_bytes(b"no library")
        (self.folder / "kernel32.dll").write_bytes(b"no library")
        self.assertEqual(
            call("check", "--demo", folder=self.folder).returncode, 1)


if __name__ == "__main__":
    if call("--version").returncode == 77:
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
