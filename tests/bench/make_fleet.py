"""make_fleet.py SCENARIOS FOLDER COUNT: COUNT collected servers below FOLDER.

Every server is one of the scenarios, under a computer name of its own wherever
the scenario's name stands in plain text; each third is a .zip, as `collect`
makes it. Prints their paths, a line each.
"""

import json
import pathlib
import re
import sys
import zipfile


def scenarios(folder):
    """(name of the computer, {path: bytes}) of each scenario that needs no
    option."""
    for path in sorted(folder.iterdir()):
        described = path / "scenario.json"
        if not described.is_file():
            continue
        stated = json.loads(described.read_text(encoding="utf-8"))
        evidence = path / "evidence"
        if stated["options"] or not evidence.is_dir():
            continue
        files = {str(file.relative_to(evidence)): file.read_bytes()
                 for file in sorted(evidence.rglob("*")) if file.is_file()}
        names = re.findall(rb"\b(?:IUSR_)?([A-Z][A-Z0-9]{3,14})\\IUSR",
                           b"\n".join(files.values()))
        yield (names[0] if names else b"", files)


def renamed(files, old, new):
    """With another computer name of the same length, so that no file of fixed
    layout breaks."""
    if not old:
        return files
    new = new[:len(old)].ljust(len(old), b"X")
    return {path: content.replace(old, new) for path, content in files.items()}


def main():
    source, target, count = (pathlib.Path(sys.argv[1]),
                             pathlib.Path(sys.argv[2]), int(sys.argv[3]))
    servers = list(scenarios(source))
    for i in range(count):
        old, files = servers[i % len(servers)]
        # Short names first: the number has to fit.
        digits = f"{i:05d}".encode()
        files = renamed(files, old, digits[-4:].rjust(len(old), b"W")
                        if len(old) < 6 else b"W" + digits)
        place = target / f"w{i:05d}"
        if i % 3 == 2:
            place = place.with_suffix(".zip")
            with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, content in files.items():
                    archive.writestr(path, content)
        else:
            for path, content in files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(content)
        print(place)


if __name__ == "__main__":
    main()
