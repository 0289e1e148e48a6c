"""Is a Windows program one that is hard to attack? Read from its header.

usage: hardening.py PROGRAM

DEP, addresses that change with every start (for which a program needs its
relocations), of 64 bits where there are so many, and neither code that can be
written nor data that can be run. Proves first that it can fail.
"""

import struct
import sys

X64 = 0x8664
HIGH_ENTROPY_VA, DYNAMIC_BASE, NX_COMPAT = 0x20, 0x40, 0x100
RELOCS_STRIPPED = 0x1
EXECUTE, WRITE = 0x20000000, 0x80000000


class Program:
    """Where things are in the bytes of a program."""

    def __init__(self, data):
        self.data = data
        self.start = self.number("<I", 60)
        if data[:2] != b"MZ" or data[self.start:][:4] != b"PE\0\0":
            raise ValueError("this is no program for Windows")
        self.machine = self.number("<H", self.start + 4)
        self.flags_at = self.start + 22
        self.optional = self.start + 24
        self.dll_flags_at = self.optional + 70
        wide = self.number("<H", self.optional) == 0x20B
        # The sixth data directory: relocations.
        self.relocations_at = self.optional + (112 if wide else 96) + 5 * 8

    def number(self, kind, offset):
        return struct.unpack_from(kind, self.data, offset)[0]

    def section_offsets(self):
        count = self.number("<H", self.start + 6)
        first = self.optional + self.number("<H", self.start + 20)
        return [first + 40 * i for i in range(count)]

    def sections(self):
        for offset in self.section_offsets():
            name = self.data[offset:offset + 8].rstrip(b"\0").decode()
            yield name, self.number("<I", offset + 36)


def complaints(data):
    program = Program(data)
    flags = program.number("<H", program.dll_flags_at)
    wanted = {"DYNAMIC_BASE": DYNAMIC_BASE, "NX_COMPAT": NX_COMPAT}
    if program.machine == X64:
        wanted["HIGH_ENTROPY_VA"] = HIGH_ENTROPY_VA
    for name, bit in wanted.items():
        if not flags & bit:
            yield f"{name} is not set"
    if program.number("<H", program.flags_at) & RELOCS_STRIPPED:
        yield "it says that its relocations were taken out"
    if not (program.number("<I", program.relocations_at) and
            program.number("<I", program.relocations_at + 4)):
        yield "its directory of relocations is empty"
    sections = dict(program.sections())
    if ".reloc" not in sections:
        yield "there is no section .reloc"
    for name, kind in sections.items():
        if kind & EXECUTE and kind & WRITE:
            yield f"the section {name} can be written and run"


def changed(data, kind, offset, change):
    """The bytes with one number put through `change`."""
    result = bytearray(data)
    number = struct.unpack_from(kind, data, offset)[0]
    struct.pack_into(kind, result, offset, change(number))
    return bytes(result)


def faults(data):
    """Programs with a fault each, and what has to be said of them."""
    program = Program(data)
    bits = {"DYNAMIC_BASE": DYNAMIC_BASE, "NX_COMPAT": NX_COMPAT}
    if program.machine == X64:
        bits["HIGH_ENTROPY_VA"] = HIGH_ENTROPY_VA
    for name, bit in bits.items():
        yield f"{name} is not", changed(data, "<H", program.dll_flags_at,
                                        lambda flags, bit=bit: flags & ~bit)
    yield "taken out", changed(data, "<H", program.flags_at,
                               lambda flags: flags | RELOCS_STRIPPED)
    yield "is empty", changed(data, "<I", program.relocations_at + 4,
                              lambda _: 0)
    for (name, _), offset in zip(program.sections(),
                                 program.section_offsets()):
        if name == ".reloc":
            yield "no section .reloc", changed(data, "<I", offset + 1,
                                               lambda _: 0x78787878)
        if name == ".text":
            yield "can be written", changed(data, "<I", offset + 36,
                                            lambda kind: kind | WRITE)


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    tried = 0
    for text, faulty in faults(data):
        tried += 1
        if not any(text in told for told in complaints(faulty)):
            sys.exit(f"hardening.py does not find: {text}")
    if tried < 6:
        sys.exit("hardening.py could not be tried")
    told = list(complaints(data))
    if told:
        sys.exit(f"{sys.argv[1]}: " + "; ".join(told))


if __name__ == "__main__":
    main()
