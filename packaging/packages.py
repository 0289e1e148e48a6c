"""Which Debian packages a program was really made of: asks the build tree.

Headers come from what the compiler wrote down of every object (ninja -t deps),
libraries from linking the program once more and having the linker say what it
reads. A file below the folder of fetched sources belongs to a source package,
one of the system to the package that dpkg names.
"""

import os
import pathlib
import re
import shlex
import subprocess
import tempfile


def run(*command, **more):
    return subprocess.run(command, check=True, text=True, capture_output=True,
                          **more).stdout


def commands(tree, target):
    return run("ninja", "-C", tree, "-t", "commands", target).splitlines()


def headers(tree, target):
    """The files that the objects of the target were compiled from."""
    objects = set()
    for line in commands(tree, target):
        found = re.search(r" -o (\S+\.o(?:bj)?) -c ", line)
        if found:
            objects.add(found[1])
    known = run("ninja", "-C", tree, "-t", "deps", *sorted(objects))
    files = {line.strip() for line in known.splitlines()
             if line.startswith("    ")}
    if not objects or not files:
        raise ValueError(f"{tree}: nothing is known of {target}: build it")
    return files


def libraries(tree, target):
    """The files that the linker reads for the target."""
    line = commands(tree, target)[-1].removeprefix(": && ")
    words = shlex.split(line.removesuffix(" && :"))
    if words[-1] == "strip":
        raise ValueError(f"{tree}: this does not link: {line}")
    with tempfile.TemporaryDirectory() as scratch:
        words[words.index("-o") + 1] = os.path.join(scratch, "program")
        # GNU's linker names files with the one, LLVM's with the other.
        told = "--verbose" if "-wrapper" in words else "--trace"
        words = [f"-Wl,--out-implib,{scratch}/lib.a"
                 if word.startswith("-Wl,--out-implib") else word
                 for word in words]
        ran = subprocess.run([*words, f"-Wl,{told}"], cwd=tree, check=True,
                             text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    lines = (line.removeprefix("ld.lld: Reading ")
             for line in ran.stdout.splitlines())
    return {line for line in lines
            if re.fullmatch(r"/\S+\.(?:a|o|so)(?:\.\d+)*", line)}


def of_system(files):
    """The packages that have files of the system."""
    # A package can have a file in /lib that is found in /usr/lib.
    names = {name: file for file in files
             for name in (file, file.removeprefix("/usr"))}
    told = subprocess.run(["dpkg-query", "-S", *names], text=True,
                          capture_output=True, check=False).stdout
    found = {}
    for line in told.splitlines():
        owners, _, name = line.rpartition(": ")
        if name in names and not owners.startswith("diversion by "):
            found[names[name]] = owners.split(", ")[0]
    for file in files:
        if file not in found:
            raise ValueError(f"no package has {file}")
    return set(found.values())


def details(package):
    """What dpkg knows of an installed package."""
    names = ("Package", "Architecture", "Version", "source:Package",
             "source:Version")
    told = run("dpkg-query", "--show", "--showformat",
               "\\t".join(f"${{{name}}}" for name in names), package)
    return dict(zip(names, told.split("\t")))


def used(tree, target, sources):
    """The packages that the target of the build tree is made of: a list of
    details(); those of source packages have the architecture "source"."""
    tree, sources = (pathlib.Path(path).resolve() for path in (tree, sources))
    files = {os.path.realpath(tree / file)
             for file in headers(tree, target) | libraries(tree, target)}
    fetched = {pathlib.Path(file).relative_to(sources).parts[0]
               for file in files if pathlib.Path(file).is_relative_to(sources)}
    system = {file for file in files
              if re.match("/(?:usr|lib|lib64)/", file) and
              not pathlib.Path(file).is_relative_to(sources) and
              not pathlib.Path(file).is_relative_to(tree)}
    packages = {tuple(details(name).items())
                for name in of_system(system)}
    result = [dict(package) for package in packages]
    for name in fetched:
        version = (sources / name / ".version").read_text().strip()
        result.append({"Package": name, "Architecture": "source",
                       "Version": version, "source:Package": name,
                       "source:Version": version})
    return sorted(result, key=lambda package: (package["Package"],
                                               package["Architecture"]))
