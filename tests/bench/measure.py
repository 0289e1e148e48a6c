"""Runs a command many times; prints the median time and the peak memory.

usage: measure.py RUNS COMMAND [ARGUMENT...]

One line, "MILLISECONDS MEGABYTES": from the start of the process to its exit,
and the largest resident set of any run. Output is thrown away. Exit codes of
iisdiag that belong to a report (0, 1, 2) are taken; any other ends it.
"""

import os
import statistics
import subprocess
import sys
import time


def run(command):
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 2):
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return elapsed * 1000, usage.ru_maxrss / 1024


def main():
    runs, command = int(sys.argv[1]), sys.argv[2:]
    run(command)  # the first one warms the caches
    results = [run(command) for _ in range(runs)]
    print(f"{statistics.median(time for time, _ in results):.1f} "
          f"{max(memory for _, memory in results):.0f}")


if __name__ == "__main__":
    main()
