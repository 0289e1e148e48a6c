#!/usr/bin/env python3
"""make_log.py MEGABYTES REFUSED [COLUMNS]: a W3C log on the standard output.

REFUSED of 1,000 rows are 401.1, the others what a site answers otherwise. The
same rows come again every 8 MB, their hours going on; made up, and the same in
each run.
"""

import random
import sys

FIELDS = (
    "date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port "
    "cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus "
    "sc-win32-status time-taken"
)
AGENT = (
    "Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36"
    "+(KHTML,+like+Gecko)+Chrome/99.0.4844.51+Safari/537.36"
)


def rows(count, refused, random_):
    folders = [f"/site{a}/part{b}" for a in range(8) for b in range(25)]
    for number in range(count):
        path = f"{random_.choice(folders)}/page{random_.randrange(5000)}.aspx"
        if random_.randrange(1000) < refused:
            user, status = "-", "401 1 1326"
        else:
            user = random_.choice(["-", "-", "-", "WEB\\bob"])
            status = random_.choice(
                ["200 0 0"] * 60
                + ["304 0 0"] * 25
                + ["404 0 2"] * 6
                + ["302 0 0"] * 6
                + ["206 0 0", "403 14 0", "500 0 64"]
            )
        second = number * 3600 // count
        yield (
            f":{second // 60:02}:{second % 60:02} W3SVC1 10.1.2.3 GET {path} "
            f"id={random_.randrange(10**6)}&lang=en 443 {user} "
            f"192.168.{random_.randrange(256)}.{random_.randrange(256)} "
            f"{AGENT} https://www.example.com/start {status} "
            f"{int(random_.expovariate(0.01))}\n"
        )


def main():
    size = int(sys.argv[1]) * 1_000_000
    made = list(rows(28_000, int(sys.argv[2]), random.Random(1)))
    out = sys.stdout.buffer
    head = (
        "#Software: Microsoft Internet Information Services 10.0\r\n"
        "#Version: 1.0\r\n#Date: 2026-05-01 00:00:00\r\n"
        f"#Fields: {FIELDS}\r\n"
    ).replace("\r\n", "\n")
    out.write(head.encode())
    written, hour = len(head), 0
    while written < size:
        day = f"2026-{5 + hour // 24 // 28:02}-{hour // 24 % 28 + 1:02}"
        front = f"{day} {hour % 24:02}"
        block = "".join(front + row for row in made).encode()
        written += out.write(block)
        hour += 1


main()
