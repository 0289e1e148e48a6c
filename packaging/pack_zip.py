"""Packs a folder into a zip archive that does not tell when it was made.

usage: pack_zip.py FOLDER ARCHIVE

Times are those of the files, in UTC; scripts/lib-release.sh sets them.
"""

import pathlib
import sys
import time
import zipfile


def main():
    folder, target = (pathlib.Path(path) for path in sys.argv[1:])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED,
                         compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                continue
            status = path.stat()
            name = path.relative_to(folder.parent).as_posix()
            entry = zipfile.ZipInfo(name, time.gmtime(status.st_mtime)[:6])
            # Of Unix, where modes are kept.
            entry.create_system = 3
            entry.external_attr = status.st_mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main()
