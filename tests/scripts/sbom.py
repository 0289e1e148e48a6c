"""Is a list of what a release is made of a CycloneDX document, and true?

usage: sbom.py SCHEMAS DOCUMENT PROGRAM_ARTEFACT...

SCHEMAS is the folder with the schemas of CycloneDX, DOCUMENT the list. Of each
artefact that is named, it has to list the libraries that iisdiag is made of, in
the versions that are installed. Proves first that it can fail.
"""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

# What each artefact has to be made of; the first that is in its name counts.
WANTED = {
    ".deb": ["libc6-dev", "libcli11-dev", "libfmt-dev", "libfmt9",
             "libminizip-dev", "libpugixml-dev", "libstdc++-12-dev",
             "nlohmann-json3-dev", "zlib1g-dev"],
    "linux": ["fmtlib", "libc6-dev", "libcli11-dev", "libminizip-dev",
              "libpugixml-dev", "libstdc++-12-dev", "nlohmann-json3-dev",
              "zlib1g-dev"],
    "windows": ["fmtlib", "g++-mingw-w64-i686-win32",
                "g++-mingw-w64-x86-64-win32", "libcli11-dev",
                "libz-mingw-w64-dev", "minizip", "mingw-w64-i686-dev",
                "mingw-w64-x86-64-dev", "nlohmann-json3-dev", "pugixml"],
}


def checker(schemas):
    """A function that says what is wrong with a document by the schema."""
    parts = {}
    for name in ("bom-1.5", "spdx", "jsf-0.82"):
        path = schemas / f"{name}.SNAPSHOT.schema.json"
        part = json.loads(path.read_text(encoding="utf-8"))
        parts[part["$id"]] = parts[path.name] = part
    schema = parts["bom-1.5.SNAPSHOT.schema.json"]
    base = schema["$id"].rsplit("/", 1)[0]
    store = {name if "://" in name else f"{base}/{name}": part
             for name, part in parts.items()}
    resolver = jsonschema.RefResolver(schema["$id"], schema, store)
    validator = jsonschema.Draft7Validator(schema, resolver=resolver)
    return lambda document: [f"{error.json_path}: {error.message[:100]}"
                             for error in validator.iter_errors(document)]


def installed(package):
    run = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Version}", package],
        text=True, capture_output=True, check=False)
    return run.stdout if run.returncode == 0 else None


def untruths(document, artefacts):
    """What the list says and the machine does not, and what it leaves out."""
    known = {part["bom-ref"]: part for part in document["components"]}
    if len(known) != len(document["components"]):
        yield "two components have one reference"
    parts_of = {entry["ref"]: entry["dependsOn"]
                for entry in document["dependencies"]}
    for part in known.values():
        if part["type"] != "library" or "arch=source" in part["purl"]:
            continue
        if part["version"] != installed(part["name"]):
            yield f"{part['name']} {part['version']} is not installed"
    for artefact in artefacts:
        names = {known[ref]["name"]
                 for ref in parts_of.get(f"file:{artefact}", [])}
        wanted = next(names for kind, names in WANTED.items()
                      if kind in artefact)
        for name in wanted:
            if name not in names:
                yield f"{artefact} is made of {name}"
        for name in names:
            if "gtest" in name or "googletest" in name:
                yield f"{artefact} has no business with {name}"


def faults(document):
    """Changed documents, whether the schema has to see it, and where."""
    def changed(change):
        other = copy.deepcopy(document)
        change(other)
        return other

    def library(other):
        return next(part for part in other["components"]
                    if part["type"] == "library" and "id" in
                    part["licenses"][0].get("license", {}))

    yield True, "type", changed(lambda other: library(other).update(
        type="libary"))
    yield True, "licence", changed(lambda other: library(other)["licenses"][0][
        "license"].update(id="BSD"))
    yield True, "serial", changed(lambda other: other.update(
        serialNumber="urn:uuid:1"))
    yield True, "version", changed(lambda other: other.update(
        specVersion=1.5))
    yield False, "version of a package", changed(
        lambda other: next(part for part in other["components"]
                           if part["name"] == "libcli11-dev").update(
                               version="0"))
    yield False, "what is left out", changed(
        lambda other: other["dependencies"][1].update(dependsOn=[]))


def main():
    schemas, path, *artefacts = sys.argv[1:]
    errors = checker(pathlib.Path(schemas))
    document = json.loads(pathlib.Path(path).read_text(encoding="ascii"))
    told = [*errors(document), *untruths(document, artefacts)]
    if told:
        sys.exit("\n".join(told))
    for by_schema, what, faulty in faults(document):
        if not (errors(faulty) if by_schema
                else list(untruths(faulty, artefacts))):
            sys.exit(f"sbom.py does not see: {what}")


if __name__ == "__main__":
    main()
