#!/usr/bin/env bash
# Does every room include only what it may?
#
# The table below is the direction in which data flows (docs/architecture.md).
# Own headers are included as "room/file.hpp". A violation is printed as
# file:line, the line, and the rule it breaks.
#
#   includes.sh          proves first that it can fail, then looks at src/
#   includes.sh FOLDER   only looks at FOLDER/src
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

# room: rooms that it may include besides itself. "main" is the files of src/
# itself.
rooms='
text:
facts: text
knowledge: text facts
evidence: text facts knowledge
win32: text facts knowledge evidence
checks: text facts knowledge
report: text facts knowledge checks
render: text facts report
fleet: text facts knowledge evidence checks report render
cli: text facts knowledge evidence win32 checks report render fleet
pages: text cli
main: text win32 cli
'

# header (as a regular expression, in lower case): where alone it may stand,
# as regular expressions of paths.
headers='
windows[.]h: src/win32/ src/([a-z]+/)?[a-z0-9_]+_win32[.]cpp$
cli/.*: src/cli/options[.]cpp$
pugi(xml|config)[.]hpp: src/evidence/ src/render/junit[.]cpp$
minizip/.*: src/evidence/archive[.]cpp$ src/evidence/archive_writer[.]cpp$
zlib[.]h: src/evidence/inflater[.]cpp$ src/evidence/checksum[.]cpp$ src/render/html_assets[.]cpp$ src/fleet/gather[.]cpp$
nlohmann/.*: src/evidence/json_tree[.]cpp$
'

check_tree() (
  cd -- "$1"
  find src -type f \( -name '*.cpp' -o -name '*.hpp' -o -name '*.def' \) |
    sort | ROOMS=$rooms HEADERS=$headers awk '
      BEGIN {
        read_table(ENVIRON["ROOMS"], may)
        read_table(ENVIRON["HEADERS"], only)
        while ((getline file) > 0) check(file)
        exit bad
      }

      function read_table(text, table,   lines, n, i, colon) {
        n = split(text, lines, "\n")
        for (i = 1; i <= n; i++) {
          colon = index(lines[i], ":")
          if (colon) table[substr(lines[i], 1, colon - 1)] = \
            substr(lines[i], colon + 1) " "
        }
      }

      function check(file,   parts, room, line, number) {
        split(file, parts, "/")
        room = file ~ "^src/[^/]*$" ? "main" : parts[2]
        if (!(room in may)) {
          complain(file, 1, file, "no room of this name is in the table")
          return
        }
        while ((getline line < file) > 0) {
          number++
          if (line ~ /^[ \t]*#[ \t]*include/)
            check_include(file, room, line, number)
        }
        close(file)
      }

      function check_include(file, room, line, number,   name, quoted, other) {
        quoted = line ~ /^[^<]*"/
        name = line
        sub(/^[ \t]*#[ \t]*include[ \t]*["<]/, "", name)
        sub(/[">].*/, "", name)
        other = name
        sub(/\/.*/, "", other)

        # Written by CMake; it belongs to no room and includes none.
        if (name == "iisdiag/version.hpp") return

        if (quoted && (name !~ /^[a-z0-9_]+\/[a-z0-9_]+[.](hpp|def)$/ || \
                       !(other in may)))
          complain(file, number, line, \
            "an own header is included as \"room/file.hpp\"")
        else if (!quoted && (other in may) && name ~ /[.](hpp|def)$/)
          complain(file, number, line, \
            "an own header is included with quotes, not with < >")
        else if (quoted && other != room && \
                 index(may[room], " " other " ") == 0)
          complain(file, number, line, room " may include " \
            (may[room] ~ /[a-z]/ ? "only:" may[room] : "no other room"))
        else if (!quoted)
          check_header(file, line, number, tolower(name))
      }

      function check_header(file, line, number, name,   h, places, n, i) {
        for (h in only) {
          if (name !~ "^" h "$") continue
          n = split(only[h], places, " ")
          for (i = 1; i <= n; i++) if (file ~ "^" places[i]) return
          complain(file, number, line, "<" h "> may stand only in" only[h])
        }
      }

      function complain(file, number, line, rule) {
        printf "%s:%d: %s\n    %s\n", file, number, rule, line
        bad = 1
      }
    '
)

# expect refused|accepted FILE LINE: what check_tree says of a tree in which
# FILE holds just LINE.
expect() {
  local wanted=$1 file=$2 line=$3 got=accepted output
  rm -rf -- "$scratch/src"
  mkdir -p -- "$scratch/$(dirname -- "$file")"
  printf '\n%s\n' "$line" >"$scratch/$file"
  output=$(check_tree "$scratch") || got=refused
  if [[ $got != "$wanted" ||
    ($wanted == refused && $output != "$file:2: "*"$line"*) ]]; then
    printf 'includes.sh: %s with %s is %s, not %s\n%s\n' \
      "$file" "$line" "$got" "$wanted" "$output" >&2
    exit 1
  fi
}

prove_that_it_can_fail() {
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  expect accepted src/text/a.cpp '#include "text/a.hpp"'
  expect refused src/text/a.cpp '#include "facts/sid.hpp"'
  expect accepted src/facts/a.hpp '#include "text/a.hpp"'
  expect refused src/facts/a.hpp '#  include "knowledge/a.hpp"'
  expect refused src/knowledge/a.cpp '#include "evidence/a.hpp"'
  expect accepted src/evidence/a.cpp '#include "evidence/formats.def"'
  expect refused src/evidence/a.cpp '#include "checks/a.hpp"'
  expect refused src/checks/a.cpp '#include "evidence/a.hpp"'
  expect accepted src/report/a.cpp '#include "checks/a.hpp"'
  expect refused src/render/a.cpp '#include "checks/a.hpp"'
  expect refused src/render/a.cpp '#include "knowledge/a.hpp"'
  expect accepted src/cli/a.cpp '#include "evidence/a.hpp"'
  expect accepted src/pages/man.cpp '#include "cli/option_table.hpp"'
  expect refused src/cli/help.cpp '#include "pages/pages.hpp"'
  expect refused src/main_posix.cpp '#include "checks/a.hpp"'
  expect accepted src/main_win32.cpp '#include "win32/library.hpp"'
  expect accepted src/win32/a.cpp '#include "evidence/a.hpp"'
  expect refused src/evidence/a.cpp '#include "win32/a.hpp"'
  expect accepted src/render/a.cpp '#include "iisdiag/version.hpp"'
  expect refused src/facts/a.cpp '#include "sid.hpp"'
  expect refused src/facts/a.cpp '#include "../text/a.hpp"'
  expect refused src/facts/a.cpp '#include <text/a.hpp>'
  expect accepted src/facts/a.cpp '#include <string>'
  expect accepted src/win32/a.cpp '#include <windows.h>'
  expect accepted src/cli/console_win32.cpp '#include <windows.h>'
  expect accepted src/evidence/disk_win32.cpp '#include <windows.h>'
  expect accepted src/main_win32.cpp '#include <windows.h>'
  expect refused src/evidence/a.cpp '#include <Windows.h>'
  expect refused src/evidence/a_win32.hpp '#include <windows.h>'
  expect accepted src/cli/options.cpp '#include <CLI/CLI.hpp>'
  expect refused src/cli/help.cpp '#include <CLI/App.hpp>'
  expect refused src/cli/options.hpp '#include <CLI/App.hpp>'
  expect accepted src/evidence/a.cpp '#include <pugixml.hpp>'
  expect refused src/checks/a.cpp '#include <pugixml.hpp>'
  expect accepted src/render/junit.cpp '#include <pugixml.hpp>'
  expect refused src/render/text.cpp '#include <pugixml.hpp>'
  expect accepted src/evidence/archive.cpp '#include <minizip/unzip.h>'
  expect refused src/evidence/bundle.cpp '#include <minizip/unzip.h>'
  expect refused src/evidence/archive.cpp '#include <zlib.h>'
  expect refused src/render/json.cpp '#include <nlohmann/json.hpp>'
  expect accepted src/evidence/json_tree.cpp '#include <nlohmann/json.hpp>'
  expect refused src/evidence/snapshot_writer.cpp '#include <nlohmann/json.hpp>'
  expect refused src/report/a.cpp '#include <nlohmann/json_fwd.hpp>'
  expect refused src/cli/a.cpp '#include <zlib.h>'
  expect refused src/render/html.cpp '#include <zlib.h>'
  expect accepted src/render/html_assets.cpp '#include <zlib.h>'
}

if (($#)); then
  check_tree "$1"
else
  prove_that_it_can_fail
  check_tree "$root"
fi
