"""The hosts that ansible_play.py lets be asked, and what is right of each.

@SOURCE@, @SCRATCH@ and @ZIP@ are put in there.
"""

SECRET = "Geheim-4711"

# What stands in for a program that does not do its work. $3 is json=FILE, or
# the file of a collection.
STAND_INS = {
    "crash": "kill -SEGV $$",
    "hang": "exec sleep 1000.25",
    "rubbish": 'printf "no report" >"${3#json=}"',
    "silent": "exit 0",
    "collector": '[ "$1" = collect ] && cp "@ZIP@" "$3"',
    "no-iis": 'echo "iisdiag: there is no IIS" >&2; exit 4',
    "holder": "touch held; exit 4",
    "teller": 'printf "called: %s\\n" "$*" >&2; exit 4',
}


def evidence(scenario):
    return {"iisdiag_evidence": [f"@SOURCE@/tests/scenarios/{scenario}/evidence"]}


def program(name):
    return {"iisdiag_posix_program": f"@SCRATCH@/{name}"}


# host: its variables, its name in the merged report and its status there, and
# what is said besides.
HOSTS = {
    "fine": (evidence("healthy-iis5") | {"ansible_become_password": SECRET},
             "WEB28", "passed", None),
    "warned": (evidence("force-guest-xp"), "XPHOME7", "warning", None),
    "failed": (evidence("deny-network-guests"), "WEB01", "failed", None),
    # Another computer of that name, run by a program that runs programs.
    "unsure": (evidence("healthy-iis6") | {
        "iisdiag_posix_launcher": ["nice", "-n", "1"]},
               "WEB01", "unknown", None),
    "collected": (program("collector") | {"iisdiag_mode": "collect"},
                  "WEB61", "failed", None),
    "asked-less": (evidence("disabled-japanese-2019") | {
        "iisdiag_options": ["--skip", "account-lookup", "--computer", "WEB61"]},
                   "WEB61", None, None),
    "away": ({"ansible_connection": "ssh", "ansible_host": "127.0.0.1",
              "ansible_port": 1}, "away", "unknown", "not reached: .*refused"),
    "crashing": (program("crash"), "crashing", "unknown", "ended with -11:"),
    "hanging": (program("hang") | {"iisdiag_timeout": 3}, "hanging", "unknown",
                "ended with no exit code: "),
    "rubbish": (program("rubbish"), "rubbish", "unknown", None),
    "silent": (program("silent"), "silent", "unknown", "does not exist"),
    "no-iis": (program("no-iis"), "no-iis", "unknown",
               "check ended with 4: iisdiag: there is no IIS"),
    "no-collection": (program("no-iis") | {"iisdiag_mode": "collect"},
                      "no-collection", "unknown", "collect ended with 4:"),
    "no-program": (program("nowhere"), "no-program", "unknown",
                   "Could not find or access"),
    "joined": ({"iisdiag_options": "--no-logon --strict"}, "joined", "unknown",
               "are lists"),
    "secret-asked": ({"iisdiag_options": ["--password-stdin"]}, "secret-asked",
                     "unknown", "takes no password"),
}
# The program for the other processor is not there: to choose it is to fail.
WINDOWS = {
    "win64": (evidence("healthy-builtin-iusr") | {
        "iisdiag_windows_program_32": "@SCRATCH@/nowhere"},
              "WEB04", "passed", None),
    "win32": (evidence("renamed-still-valid") | {
        "ansible_remote_tmp": "@SCRATCH@/bits32/tmp",
        "iisdiag_windows_program_64": "@SCRATCH@/nowhere"},
              "WEB02", "passed", None),
    "win-told": (evidence("disabled-japanese-2019") | {
        "iisdiag_windows_bits": 32,
        "iisdiag_windows_program_64": "@SCRATCH@/nowhere"},
                 "WEB61", "failed", None),
    "win-live": ({}, "win-live", "unknown",
                 "check ended with 4: iisdiag: .*no IIS"),
    # Nobody is logged on unless it is said.
    "win-careful": ({"iisdiag_windows_program_64": "@SCRATCH@/teller",
                     "iisdiag_options": ["--strict"]}, "win-careful", "unknown",
                    "called: check .* --no-logon --"),
    "win-once": ({"iisdiag_windows_program_64": "@SCRATCH@/teller",
                  "iisdiag_options": ["--no-logon"]}, "win-once", "unknown",
                 "called: check ((?!--no-logon).)*--no-logon.?$"),
    "win-logon": ({"iisdiag_windows_program_64": "@SCRATCH@/teller",
                   "iisdiag_logon": True}, "win-logon", "unknown",
                  "called: check ((?!--no-logon).)*$"),
}
