"""Does `check` change anything, or talk to anybody?

usage: harmless.py SOURCE_DIR PROGRAM

strace lists every system call of it that could create, change, rename or remove
a file, start a program or reach a network: there may be none but those of the
report that --report asks for, which is written beside its place and renamed.
Then it runs with the evidence on a file system that is mounted read-only.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# What only looks is not traced; what opens is judged by its flags.
TRACED = ("open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,"
          "mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,"
          "fchmodat,chown,fchown,fchownat,lchown,truncate,ftruncate,utime,"
          "utimes,utimensat,futimesat,mknod,mknodat,setxattr,fsetxattr,"
          "removexattr,fremovexattr,mount,umount2,chroot,socket,connect,bind,"
          "sendto,sendmsg,execve,execveat,fork,vfork,ptrace,kill,tgkill,"
          "io_uring_setup,memfd_create,shmget,swapon,reboot,settimeofday,"
          "setuid,setgid")
WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")


def changes(command, folder):
    """The calls that are not for reading, and the exit code."""
    trace = folder / "trace"
    code = subprocess.run(
        ["strace", "-f", "-qq", "-s", "200", "-e", "trace=" + TRACED, "-e",
         "signal=none", "-o", str(trace), *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, check=False)
    calls = []
    for line in trace.read_text("utf-8", "replace").splitlines():
        call = re.sub(r"^\d+ +", "", line)
        name = call.split("(")[0]
        if name.startswith("open") and not WRITES.search(call):
            continue
        calls.append(call)
    if not calls or not calls[0].startswith("execve("):
        sys.exit(f"strace did not see the start: {code.stderr.decode()}")
    return calls[1:], code.returncode


def servers(source, folder):
    evidence = source / "tests/scenarios"
    yield ["--demo"]
    for name in ("recorded-wrong-password-2016", "healthy-iis6",
                 "recorded-chain-to-lock-iis6"):
        shutil.copytree(evidence / name / "evidence", folder / name)
        yield [str(folder / name)]
    shutil.make_archive(str(folder / "case"), "zip", folder / "healthy-iis6")
    yield [str(folder / "case.zip")]


def mounted_read_only(command, folder):
    """The command's outcome in a mount namespace of its own, or nothing where
    this machine grants none."""
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        run = subprocess.run(
            [*unshare, "sh", "-c",
             'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && '
             '! touch "$0/x" 2>/dev/null && exit 0; exit 99', str(folder)],
            capture_output=True, check=False)
        if run.returncode == 0:
            return subprocess.run(
                [*unshare, "sh", "-c",
                 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && '
                 'shift 0 && exec "$@"', str(folder), *command],
                capture_output=True, cwd=folder, check=False)
    return None


def main():
    source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        # That it can fail, first.
        for harm in (["touch", str(work / "new")], ["mkdir", str(work / "d")],
                     ["sh", "-c", "/bin/true; exit"]):
            if not changes(harm, work)[0]:
                sys.exit(f"no change was seen of {harm}")
        evidence = work / "evidence"
        evidence.mkdir()
        cases = list(servers(source, evidence))
        for case in cases:
            for more in (["--verbose"], ["-f", "json"], ["-f", "junit"]):
                command = [program, "check", *case, *more]
                calls, code = changes(command, work)
                if calls or code not in (0, 1, 2):
                    sys.exit("\n".join([" ".join(command), f"exit {code}",
                                        *calls]))
        report = work / "report.json"
        calls, _ = changes([program, "check", "--demo", "-r",
                            f"json={report}"], work)
        for call in calls:
            if not re.match(
                    r'(openat\(AT_FDCWD, |rename\(|unlink\(|fchmod\(|chmod\()?'
                    r'"?' + re.escape(str(report)), call):
                sys.exit(f"a report was asked for, and yet: {call}")
        if not any(call.startswith("rename") for call in calls):
            sys.exit(f"a report is not renamed into its place: {calls}")
        done = 0
        for case in cases:
            command = [program, "check", *case]
            run = mounted_read_only(command, evidence)
            if run is None:
                print("no mount namespace here: not tried on a read-only "
                      "file system")
                break
            plain = subprocess.run(command, capture_output=True, check=False)
            if (run.returncode, run.stdout) != (plain.returncode, plain.stdout):
                sys.exit(f"{' '.join(command)} on a read-only file system: "
                         f"{run.returncode} {run.stderr.decode()}")
            done += 1
        print(f"{3 * len(cases)} runs without a change, {done} on a read-only "
              "file system")


if __name__ == "__main__":
    main()
