"""Which files can be compiled as one translation unit?

usage: unity.py FILE...     prints for each file, in that order, its unit

Most of the time that a compiler or clang-tidy takes goes into the headers of
libraries and what their templates become. It goes there once for files that are
compiled together. That is right only where no file means something else than it
does alone: kept apart are files that give one name to two things (in unnamed
namespaces, with using-declarations), and a file that says the name of a type, a
constant or a function which is local to another one, or includes a header that
does so where it would be found. A file that opens a whole namespace to itself
is a unit of its own.

This reads declarations as clang-format leaves them: those of a namespace begin
in the first column. What it should miss, the compiler refuses.
"""

import pathlib
import re
import sys

# A unit is about as long as this, so that units of one room are compiled side
# by side. Lines.
LENGTH = 2000

COMMENT_OR_TEXT = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
TYPE = re.compile(r"(?:struct|class|enum(?: class)?|union|concept) (\w+)")
USING = re.compile(r"using ((?:\w*::)*(\w+));")
ALIAS = re.compile(r"using (\w+) = (.+?);", re.S)
NAMED = re.compile(r"(\w+)(?:\[[^\]]*\])?\s*[({=;]")


def blank(match):
    """Comments vanish, texts are empty; neither has names."""
    return "\n" * match[0].count("\n") if match[0][0] == "/" else '""'


def local_name(declaration):
    """What a declaration gives a name to, if anything."""
    declaration = re.sub(r"^template <[^{(;]*>\s+(?=\w)", "", declaration)
    match = TYPE.match(declaration) or NAMED.search(declaration)
    return match[1] if match else None


# Types, constants, and what is called; a variable may hide what it likes.
SAID = re.compile(r"(?<![\w.:])(?:k?[A-Z]\w*|[a-z_]\w*(?=\())")


NAMESPACE = re.compile(r"(?m)^namespace ([\w:]+) \{")


def said_in(code):
    """What code says without saying whose it is: (namespaces, names)."""
    return (frozenset(NAMESPACE.findall(code)), frozenset(SAID.findall(code)))


def is_seen(spaces, home):
    """Is a name of one of the namespaces home found from these?

    Names of a namespace are found in it and in those that are in it.
    """
    return not spaces or not home or any(
        space == outer or space.startswith(outer + "::")
        for space in spaces for outer in home)


class Headers:
    """What our headers say, each with those that it includes."""

    def __init__(self):
        self.said = {}

    def of(self, path, code):
        """What the headers say that this file includes."""
        said = set()
        for included in re.findall(r'(?m)^#include "([^"]+)"', code):
            # As the compiler looks for them: here, then in src/ or tests/.
            for folder in (path.parent, path.parent.parent):
                header = folder / included
                if header in self.said:
                    said |= self.said[header]
                elif header.is_file():
                    self.said[header] = set()  # which ends a circle
                    text = header.read_text()
                    self.said[header] = {said_in(
                        COMMENT_OR_TEXT.sub(blank, text))
                    } | self.of(header, text)
                    said |= self.said[header]
                else:
                    continue
                break
        return said


class File:
    """What counts of a source file: its local names and all that it says."""

    def __init__(self, path, headers):
        self.path = path
        path = pathlib.Path(path)
        text = path.read_text()
        self.length = text.count("\n")
        code = COMMENT_OR_TEXT.sub(blank, text)
        self.alone = re.search(r"\busing namespace (?!std::)", code) is not None
        self.local = set()
        self.used = {}
        unnamed = False
        # A declaration goes on in lines that are indented.
        for part in re.split(r"\n(?=\S)", code):
            if part.startswith("namespace {"):
                unnamed = True
            elif part.startswith("}  "):  # before the comment that says so
                unnamed = False
            elif part.startswith(
                    ("namespace", "using namespace", "static_assert", "#", "}")):
                continue
            elif using := USING.match(part):
                self.used[using[2]] = using[1]
            elif alias := ALIAS.match(part):
                self.used[alias[1]] = alias[2]
            elif unnamed or part.startswith("static "):
                if name := local_name(part):
                    self.local.add(name)
        self.local -= {"TEST", "TEST_F", "TEST_P", "INSTANTIATE_TEST_SUITE_P"}
        own = said_in(code)
        self.home = own[0]
        self.said = {own} | headers.of(path, text)

    def says_any(self, names, home):
        """Does it say one of these names of the namespaces home?"""
        return any(is_seen(spaces, home) and not names.isdisjoint(said)
                   for spaces, said in self.said)

    def avoids(self, other):
        """Is no local name something else in the other file?"""
        return not (
            self.alone
            or any(name in other.local or name in other.used
                   for name in self.local)
            or any(other.used.get(name, whole) != whole
                   for name, whole in self.used.items())
            or other.says_any(self.local, self.home))


def units_of(paths, length=LENGTH):
    """Lists of Files, each in the first that fits: first those that fit least."""
    headers = Headers()
    files = [File(path, headers) for path in paths]
    clashes = {file.path: {other.path for other in files
                           if not (file.avoids(other) and other.avoids(file))}
               for file in files}
    units = []
    for file in sorted(files, key=lambda file: (
            -len(clashes[file.path]), -file.length, file.path)):
        for unit in units:
            if (sum(other.length for other in unit) + file.length <= length
                    and clashes[file.path].isdisjoint(
                        other.path for other in unit)):
                unit.append(file)
                break
        else:
            units.append([file])
    return units


def main():
    paths = sys.argv[1:]
    numbers = {file.path: number
               for number, unit in enumerate(units_of(paths))
               for file in unit}
    print(";".join(f"unit{numbers[path]}" for path in paths))


if __name__ == "__main__":
    main()
