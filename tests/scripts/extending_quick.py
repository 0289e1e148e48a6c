"""Builds the program of a changed copy of the tree without building the copy.

usage: extending_quick.py SOURCE_DIR BUILD_DIR COPY

Compiles the sources that are new in COPY, and the translation units with those
that include one of its changed lists themselves (a header makes only
declarations of a list), with the compile commands of BUILD_DIR, and links them
before the libraries of BUILD_DIR, so that they count in place of what is in
there. The program is COPY/build/iisdiag, and scripts/iisdiag finds it up to date.
"""

import concurrent.futures
import os
import pathlib
import shlex
import subprocess
import sys

import compiled


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
    units = compiled.units_of(build)
    files = [path.relative_to(copy) for path in (copy / "src").rglob("*.*")]
    new = {file for file in files if not (source / file).exists()}
    changed = [file.relative_to("src") for file in files if file not in new and
               (source / file).read_bytes() != (copy / file).read_bytes()]
    # A new file is compiled as its neighbours are.
    due = [([file], next(unit for unit in units
                         if unit.files[0].parent == source / file.parent))
           for file in sorted(new) if file.suffix == ".cpp"]
    due += [([file.relative_to(source) for file in unit.files], unit)
            for unit in units
            if any(file.is_relative_to(source / "src") and
                   includes(file, changed) for file in unit.files)]
    (copy / "build").mkdir()

    def compile_as_one(number):
        files, like = due[number]
        unit = copy / f"build/unit{number}.cpp"
        unit.write_text("".join(f'#include "{copy / file}"\n'
                                for file in files))
        words = [word.replace(f"{source}/src", f"{copy}/src")
                 for word in like.words]
        object_file = unit.with_suffix(".o")
        words[words.index("-o") + 1] = str(object_file)
        words[words.index("-c") + 1] = str(unit)
        if "-MF" in words:
            words[words.index("-MF") + 1] = f"{object_file}.d"
        subprocess.run(words, cwd=build, check=True)
        return str(object_file)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_as_one, range(len(due))))
    link = shlex.split(output_of("ninja", "-t", "commands", "iisdiag",
                                 folder=build).splitlines()[-1])
    link = link[link.index("&&") + 1:]
    link = link[:link.index("&&")]
    place = link.index("-o")
    link[place + 1] = str(copy / "build/iisdiag")
    subprocess.run(link[:place] + objects + link[place:], cwd=build, check=True)
    (copy / "build/.iisdiag-built").write_text(f"{copy}\n")
    print(f"compiled: {', '.join(str(file) for unit, _ in due for file in unit)}")


if __name__ == "__main__":
    main()
