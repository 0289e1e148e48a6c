"""Writes what the programs of a release are made of, as CycloneDX 1.5 in JSON.

usage: sbom.py --version VERSION --epoch SECONDS --sources FOLDER
               [--notices FOLDER] ARTEFACT=TREE:TARGET ...

An artefact is a file of the release; TREE and TARGET are the build tree and the
program in it (packages.py). The same packages make the same bytes: its serial
number comes from them, its time from SECONDS. With --notices, the copyright file
of each source package that a program is made of goes into FOLDER/ARTEFACT.
"""

import argparse
import collections
import datetime
import hashlib
import json
import pathlib
import re
import shutil
import sys
import uuid

import packages

# Debian source package: its licence, as SPDX has it, one that is
# not listed has to be looked at first.
LICENCES = {
    "cli11": "BSD-3-Clause",
    "fmtlib": "MIT",
    "gcc-12": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "gcc-mingw-w64": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "glibc": "LGPL-2.1-or-later",
    "libz-mingw-w64": "Zlib",
    "linux": "GPL-2.0-only WITH Linux-syscall-note",
    "mingw-w64": None,  # a dozen of them, each for some files
    "minizip": "Zlib",
    "nlohmann-json3": "MIT",
    "pugixml": "MIT",
    "zlib": "Zlib",
}
# Only its numbers and structures, which are no program of it.
WITHOUT_NOTICE = {"linux"}
# Where the copyright file of a source package lies.
DOCUMENTED_BY = {"fmtlib": "libfmt-dev", "minizip": "libminizip-dev",
                 "pugixml": "libpugixml-dev"}
TOOLS = ("cmake", "g++-12", "g++-mingw-w64-i686-win32",
         "g++-mingw-w64-x86-64-win32", "lld-14", "binutils")


def purl(package):
    version = package["Version"].replace("+", "%2B").replace(":", "%3A")
    name = package["Package"].replace("+", "%2B")
    return (f"pkg:deb/debian/{name}@{version}"
            f"?arch={package['Architecture']}")


def licences(package):
    source = package["source:Package"]
    if source not in LICENCES:
        sys.exit(f"sbom.py: which licence has {source}? See "
                 f"/usr/share/doc/{package['Package']}/copyright")
    expression = LICENCES[source]
    if expression is None:
        return [{"license": {"name": f"see the copyright file of {source}"}}]
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def component(package):
    result = {
        "type": "library",
        "bom-ref": purl(package),
        "name": package["Package"],
        "version": package["Version"],
        "licenses": licences(package),
        "purl": purl(package),
    }
    if package["Architecture"] != "source":
        result["properties"] = [
            {"name": "debian:source", "value": package["source:Package"]},
            {"name": "debian:source-version",
             "value": package["source:Version"]}]
    return result


def tool(name):
    package = packages.details(name)
    return {"type": "application", "name": name,
            "version": package["Version"], "purl": purl(package)}


def bill(version, epoch, artefacts):
    """The document; artefacts: {name: list of packages.details()}."""
    itself = f"pkg:generic/iisdiag@{version}"
    every = {purl(package): package
             for used in artefacts.values() for package in used}
    time = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
    files = [{"type": "file", "bom-ref": f"file:{name}", "name": name,
              "licenses": [{"license": {"id": "MIT"}}]}
             for name in sorted(artefacts)]
    dependencies = [{"ref": itself,
                     "dependsOn": [file["bom-ref"] for file in files]}]
    dependencies += [{"ref": f"file:{name}",
                      "dependsOn": sorted(map(purl, artefacts[name]))}
                     for name in sorted(artefacts)]
    dependencies += [{"ref": ref, "dependsOn": []} for ref in sorted(every)]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {"components": [tool(name) for name in sorted(TOOLS)
                                     if name_is_installed(name)]},
            "component": {
                "type": "application", "bom-ref": itself, "name": "iisdiag",
                "version": version, "purl": itself,
                "licenses": [{"license": {"id": "MIT"}}]},
        },
        "components": files + [component(every[ref]) for ref in sorted(every)],
        "dependencies": dependencies,
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode())
    serial = uuid.UUID(bytes=digest.digest()[:16], version=4)
    return {**document, "serialNumber": f"urn:uuid:{serial}"}


def name_is_installed(name):
    return pathlib.Path(f"/usr/share/doc/{name}").exists()


def write_notices(folder, used):
    folder.mkdir(parents=True)
    for package in used:
        source = package["source:Package"]
        if source not in WITHOUT_NOTICE:
            doc = DOCUMENTED_BY.get(package["Package"], package["Package"])
            shutil.copyfile(f"/usr/share/doc/{doc}/copyright",
                            folder / f"{source}.txt")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", required=True)
    parser.add_argument("--epoch", required=True, type=int)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--notices", type=pathlib.Path)
    parser.add_argument("artefacts", nargs="+", metavar="ARTEFACT=TREE:TARGET")
    arguments = parser.parse_args()
    # An archive can hold more than one program.
    artefacts = collections.defaultdict(list)
    for text in arguments.artefacts:
        name, tree, target = re.fullmatch("([^=]+)=(.+):([^:]+)", text).groups()
        for package in packages.used(tree, target, arguments.sources):
            if package not in artefacts[name]:
                artefacts[name].append(package)
    if arguments.notices:
        for name, used in artefacts.items():
            write_notices(arguments.notices / name, used)
    json.dump(bill(arguments.version, arguments.epoch, artefacts), sys.stdout,
              indent=2, ensure_ascii=True)
    print()


if __name__ == "__main__":
    main()
