"""What a build tree compiles, and how."""

import json
import pathlib
import re
import shlex


class Unit:
    """A translation unit: its files, the compile command, the object file."""

    def __init__(self, entry):
        self.path = pathlib.Path(entry["file"])
        self.words = shlex.split(entry["command"])
        if "ccache" in pathlib.Path(self.words[0]).name:
            self.words = self.words[1:]
        self.object = self.words[self.words.index("-o") + 1]
        self.files = [self.path]
        # What CMake writes where several files are compiled at a time.
        if self.path.parent.name == "Unity":
            self.files = [pathlib.Path(name) for name in re.findall(
                r'(?m)^#include "(.*)"$', self.path.read_text())]


def units_of(build):
    """The translation units that compile_commands.json of a tree names."""
    return [Unit(entry) for entry in json.loads(
        (build / "compile_commands.json").read_text())
        if not entry["file"].endswith(".rc")]  # resources of Windows
