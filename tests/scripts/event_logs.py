"""event_logs.py export: what evtxexport or evtexport print, in short.
event_logs.py compare OURS THEIRS: do the two agree?

The first line is `whole|part RECORDS FIRST LAST`, each further one
`EVENT COUNT FIRST LAST`; times are seconds since 1970.
"""
import calendar
import re
import sys
import time

WANTED = {
    "Microsoft-Windows-Security-Auditing": {
        4624, 4625, 4717, 4718, 4740, 4771, 4776},
    "EventLog": {6005},
    "Security": {
        528, 540, *range(529, 538), 539, 608, 609, 621, 622, 644, 675, 680,
        681},
    "W3SVC": {100, 2216, 2217},
    "MSFTPSVC": {100},
}


def seconds(text):
    text = re.sub(r"\.\d+", "", text.strip())
    return calendar.timegm(time.strptime(text, "%b %d, %Y %H:%M:%S UTC"))


def add(to, when):
    to[0] += 1
    to[1] = when if to[1] is None else min(to[1], when)
    to[2] = when if to[2] is None else max(to[2], when)


def export():
    all_records, events = [0, None, None], {}
    source = when = None
    for line in sys.stdin:
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if not colon:
            continue
        # evtexport has both times; records are of the first.
        if name == "Creation time":
            when = seconds(value)
        elif name == "Written time":
            when = seconds(value) if when is None else when
            add(all_records, when)
        elif name == "Source name":
            source = value
        elif name == "Event identifier":
            event = int(value.split()[0], 16) & 0xFFFF
            if event in WANTED.get(source, ()):
                add(events.setdefault(event, [0, None, None]), when)
            source = when = None
    print("part", *(value or 0 for value in all_records))
    for event in sorted(events):
        print(event, *events[event])


def read(path):
    with open(path, encoding="ascii") as file:
        lines = [line.split() for line in file]
    rest = {line[0]: [int(word) for word in line[1:]] for line in lines[1:]}
    return lines[0][0], [int(word) for word in lines[0][1:]], rest


def compare(ours, theirs):
    whole, our_all, our_events = read(ours)
    _, their_all, their_events = read(theirs)
    pairs = [("records", our_all, their_all)]
    for event in sorted({*our_events, *their_events}):
        nothing = [0, 1 << 62, 0]
        pairs.append((event, our_events.get(event, nothing),
                      their_events.get(event, nothing)))
    good = True
    for name, one, other in pairs:
        covers = (one[0] >= other[0] and one[1] <= other[1]
                  and one[2] >= other[2])
        if one != other and not (whole == "part" and covers):
            print(f"{name}: we find {one}, they find {other}")
            good = False
    return good


if sys.argv[1] == "export":
    export()
else:
    sys.exit(0 if compare(*sys.argv[2:]) else 1)
