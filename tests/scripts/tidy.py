"""clang-tidy over src/, in groups of files, skipping what was clean before.

usage: tidy.py SOURCE_DIR BUILD_DIR [WINDOWS_BUILD_DIR...]

Files for Windows alone are those that the trees of its programs compile
besides; src/win32/.clang-tidy says which rules are not for them.

Most of the time goes into the headers of libraries. So files are put into one
text, which is looked at as one translation unit: of each room, which has its own
namespace, those that can be compiled as one (cmake/unity.py). Places in what
clang-tidy says are those of the files.

The path-sensitive analyzer gives up on a function after 20,000 states, which
takes a fifth of the time; where IISDIAG_FULL=1 is set it goes on as usual.

A group is looked at again when its key changes: a hash of .clang-tidy,
clang-tidy's version, the compile flags, the files, and every header that Ninja
recorded for them (own ones by content, others by size and time).
"""

import concurrent.futures
import hashlib
import itertools
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(
    0, str(pathlib.Path(__file__).resolve().parents[2] / "cmake"))
import compiled  # noqa: E402
import unity  # noqa: E402

# Two thirds of the time of a short group go into headers; groups are looked at
# side by side, so none should be much longer either. Lines.
LONGEST_UNIT = 3000
LONGEST = 5000


def recorded_headers(build):
    """What Ninja knows: object file -> the files it was made from."""
    output = subprocess.run(
        ["ninja", "-C", build, "-t", "deps"],
        check=True, capture_output=True, text=True).stdout
    headers, current = {}, None
    for line in output.splitlines():
        if line.startswith("    "):
            headers[current].append(line.strip())
        elif ": #deps" in line:
            current = line.split(": #deps")[0]
            headers[current] = []
    return headers


def flags_of(words):
    """What a compile command says of the language and where headers are."""
    flags = []
    words = iter(words[1:])
    for word in words:
        if word in ("-o", "-MF", "-MT", "-MQ", "-c"):
            next(words)
        elif word in ("-isystem", "-I", "-D", "-include"):
            flags.append((word, next(words)))
        elif not word.startswith(("-M", "-O", "-g")):
            flags.append((word,))
    return flags


class Group:
    """Files that are looked at as one, with options of clang-tidy for them."""

    def __init__(self, options):
        self.options = options
        self.rooms = set()
        self.length = 0
        self.files = []
        self.flags = []
        self.headers = set()

    def add(self, file, flags, headers):
        self.files.append(file)
        self.flags += [flag for flag in flags if flag not in self.flags]
        self.headers.update(headers)

    def text(self):
        """All files, and for each line of that the file and its line."""
        lines, places, included = [], [], set()
        for file in self.files:
            for number, line in enumerate(file.read_text().splitlines(), 1):
                # That a file includes what another one of the group does is
                # no duplicate include.
                repeated = line.startswith("#include") and line in included
                included.add(line)
                lines.append("" if repeated else line)
                places.append((file, number))
        return "\n".join(lines) + "\n", places

    def key(self, judge, source, cache):
        key = hashlib.sha256(
            (judge + repr((self.options, self.flags))).encode())
        for path in [*self.files, *sorted(self.headers)]:
            key.update(f"{path} {fingerprint(path, source, cache)}\0".encode())
        return key.hexdigest()


def groups_of(source, build, options=(), known=()):
    """The files of src/ that are compiled and not known yet, in groups."""
    headers = recorded_headers(build)
    rooms = {}
    for compiled_unit in compiled.units_of(build):
        for file in compiled_unit.files:
            # A tree that is out of date names files that are gone.
            if (file.is_relative_to(source / "src") and file.is_file()
                    and file not in known):
                rooms.setdefault(file.parent, {})[file] = compiled_unit
    units = [(sum(file.length for file in unit), room,
              [pathlib.Path(file.path) for file in unit])
             for room, files in rooms.items()
             for unit in unity.units_of(map(str, files), LONGEST_UNIT)]
    groups = []
    for length, room, files in sorted(units, reverse=True):
        # Rooms have namespaces of their own; a program has one main().
        whose = {room} | {"main" for file in files
                          if re.search(r"(?m)^int \w*main\(", file.read_text())}
        free = [group for group in groups if group.rooms.isdisjoint(whose)
                and group.length + length <= LONGEST]
        if not free:
            free = [Group(options)]
            groups += free
        group = min(free, key=lambda group: group.length)
        group.rooms |= whose
        group.length += length
        for file in files:
            # Without a record (never built): every header of ours.
            recorded = headers.get(rooms[room][file].object, [])
            used = ([build / name for name in recorded]
                    or (source / "src").rglob("*.hpp"))
            # Ninja names files relative to the build tree or absolutely.
            group.add(file, flags_of(rooms[room][file].words), [
                pathlib.Path(os.path.normpath(path)) for path in used])
    return groups


def cross_compiled(build):
    """Options that make clang-tidy see what the cross compiler of a tree sees."""
    compiler = compiled.units_of(build)[0].words[0]
    target = re.match(r"(.+?-mingw32)-", pathlib.Path(compiler).name)[1]
    said = subprocess.run(
        [compiler, "-E", "-v", "-x", "c++", os.devnull], check=True,
        capture_output=True, text=True).stderr
    folders = [os.path.normpath(folder) for folder in re.search(
        r"(?ms)^#include <\.\.\.> search starts here:$(.*?)^End of",
        said)[1].split()]
    # Clang has its own of those that belong to a compiler.
    return [f"--extra-arg=--target={target}", *(
        f"--extra-arg=-isystem{folder}" for folder in folders
        if not re.search(r"/gcc/[^/]+/[^/]+/include(-fixed)?$", folder))]


def fingerprint(path, source, cache):
    """A file of ours by what it says, any other by size and time."""
    if path not in cache:
        try:
            if path.is_relative_to(source):
                state = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                stat = path.stat()
                state = f"{stat.st_size} {stat.st_mtime_ns}"
        except FileNotFoundError:
            state = "gone"
        cache[path] = state
    return cache[path]


def switched_off(path):
    """Checks that a .clang-tidy turns off; each needs a comment that says why."""
    rules = path.read_text()
    disabled = re.findall(r"^\s+-([a-z*][A-Za-z0-9.*-]*),?\s*$", rules, re.M)
    explained = re.findall(r"^#\s+-([a-z][A-Za-z0-9.*-]*): \S", rules, re.M)
    missing = [name for name in disabled
               if name != "*" and name not in explained]
    if missing:
        sys.exit(f"{path} gives no reason for: {', '.join(missing)}")
    return disabled


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    build = pathlib.Path(sys.argv[2]).resolve()
    switched_off(source / ".clang-tidy")
    for_windows = switched_off(source / "src/win32/.clang-tidy")

    version = subprocess.run(["clang-tidy", "--version"], check=True,
                             capture_output=True, text=True).stdout
    # The processor it happens to run on is no part of the version.
    version = re.sub(r"(?m)^\s*Host CPU:.*$", "", version)
    work = build / "tidy"
    work.mkdir(exist_ok=True)
    groups = groups_of(source, build)
    wanted = set((source / "src").rglob("*.cpp"))
    windows = [pathlib.Path(tree).resolve() for tree in sys.argv[3:]]
    for tree in windows:
        groups += groups_of(
            source, tree,
            [*cross_compiled(tree),
             "--checks=" + ",".join(f"-{name}" for name in for_windows)],
            set().union(*(group.files for group in groups)))
    if not windows:
        wanted = {file for file in wanted if not (
            file.stem.endswith("_win32") or file.parent.name == "win32")}
    passed_over = wanted.difference(*(group.files for group in groups))
    if passed_over:
        sys.exit("not compiled, and so not looked at (are the trees up to date? "
                 f"scripts/test): {', '.join(sorted(map(str, passed_over)))}")
    limit = [] if os.environ.get("IISDIAG_FULL") == "1" else [
        "-Xclang", "-analyzer-config", "-Xclang", "max-nodes=20000"]
    judge = (source / ".clang-tidy").read_text() + version + repr(limit)
    cache = {}
    due = []
    for group in groups:
        mark = work / f"clean-{group.key(judge, source, cache)}"
        if not mark.exists():
            due.append((group, mark))

    def look_at(unit):
        group, mark = unit
        text, places = group.text()
        joined = work / f"{mark.name.removeprefix('clean-')}.cpp"
        joined.write_text(text)
        run = subprocess.run(
            ["clang-tidy", "--quiet",
             f"--config-file={source / '.clang-tidy'}", *group.options,
             str(joined), "--",
             # The flags are GCC's; it knows warnings that Clang does not.
             *itertools.chain(*group.flags), "-Wno-unknown-warning-option",
             *limit],
            capture_output=True, text=True, stdin=subprocess.DEVNULL)
        joined.unlink()
        if run.returncode == 0 and not run.stdout.strip():
            mark.touch()
            return ""

        def place(match):
            file, line = places[min(int(match[1]), len(places)) - 1]
            return f"{file}:{line}:"

        # What it says on standard error is how much it does not say.
        return re.sub(rf"{re.escape(str(joined))}:(\d+):", place,
                      run.stdout.strip() or run.stderr
                      ).replace(f"{source}/", "")

    failures = 0
    told = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for output in pool.map(look_at, due):
            failures += bool(output)
            # A finding in a header comes once for each group that includes it.
            for finding in re.split(r"\n(?=\S+:\d+:\d+: (?:error|warning):)",
                                    output):
                if finding.strip() and finding not in told:
                    told.add(finding)
                    print(finding.rstrip(), flush=True)
    files = sum(len(group.files) for group in groups)
    print(f"clang-tidy: {files} files in {len(groups)} groups, "
          f"{len(due)} groups looked at, {failures} with findings"
          + ("" if windows else "; none of those for Windows"))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
