"""Builds the program of a changed copy of the tree without building the copy.

usage: extending_quick.py SOURCE_DIR BUILD_DIR COPY

Compiles the sources that are new in COPY, and those that include one of its
changed lists themselves (a header makes only declarations of a list), with the compile commands of BUILD_DIR, and links them before the
libraries of BUILD_DIR, so that they count in place of what is in there. The
program is COPY/build/iisdiag, and scripts/iisdiag finds it up to date.
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def output_of(*command, folder):
    return subprocess.run(command, cwd=folder, check=True, text=True,
                          capture_output=True).stdout


def includes(file, changed):
    """Does the file itself include one of these (paths below src/)?"""
    text = file.read_text()
    return any(f'#include "{name}"' in text for name in changed)


def main():
    source, build, copy = (pathlib.Path(path).resolve()
                           for path in sys.argv[1:])
    commands = {
        pathlib.Path(entry["file"]): shlex.split(entry["command"])
        for entry in json.loads((build / "compile_commands.json").read_text())}
    files = [path.relative_to(copy) for path in (copy / "src").rglob("*.*")]
    new = {file for file in files if not (source / file).exists()}
    changed = [file.relative_to("src") for file in files if file not in new and
               (source / file).read_bytes() != (copy / file).read_bytes()]
    due = [(file, next(path for path in commands
                       if path.parent == source / file.parent))
           for file in sorted(new) if file.suffix == ".cpp"]
    due += [(path.relative_to(source), path) for path in commands
            if path.is_relative_to(source / "src") and includes(path, changed)]
    (copy / "build").mkdir()

    def compiled(unit):
        file, like = unit
        words = [word.replace(f"{source}/src", f"{copy}/src")
                 for word in commands[like]]
        object_file = copy / "build" / ("-".join(file.parts) + ".o")
        words[words.index("-o") + 1] = str(object_file)
        words[words.index("-c") + 1] = str(copy / file)
        if "-MF" in words:
            words[words.index("-MF") + 1] = f"{object_file}.d"
        subprocess.run(words, cwd=build, check=True)
        return str(object_file)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compiled, due))
    link = shlex.split(output_of("ninja", "-t", "commands", "iisdiag",
                                 folder=build).splitlines()[-1])
    link = link[link.index("&&") + 1:]
    link = link[:link.index("&&")]
    place = link.index("-o")
    link[place + 1] = str(copy / "build/iisdiag")
    subprocess.run(link[:place] + objects + link[place:], cwd=build, check=True)
    (copy / "build/.iisdiag-built").write_text(f"{copy}\n")
    print(f"compiled: {', '.join(str(file) for file, _ in due)}")


if __name__ == "__main__":
    main()
