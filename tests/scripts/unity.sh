#!/usr/bin/env bash
# Does cmake/unity.py keep apart what means something else in one translation
# unit? Files of each case are compiled as one where it puts them together, and
# refused by the compiler as one where it does not.
# ctest: LABELS lint
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
mkdir room
faults=0

# file NAME: NAME.in becomes a file of the room, in its namespace.
file() {
  {
    sed -n '/^#/p' "$1.in"
    printf 'namespace room {\n'
    sed '/^#/d' "$1.in"
    printf '}  // namespace room\n'
  } >"room/$1.cpp"
}

# expect together|apart NAME: what was written to a.in and b.in.
expect() {
  local units found=apart compiles=no
  file a
  file b
  units=$(python3 "$root/cmake/unity.py" room/a.cpp room/b.cpp)
  [[ $units == 'unit0;unit0' ]] && found=together
  if printf '#include "%s"\n' room/a.cpp room/b.cpp |
    c++ -std=c++20 -fsyntax-only -I. -x c++ - 2>/dev/null; then
    compiles=yes
  fi
  case $1-$found-$compiles in
    together-together-yes | apart-apart-no) ;;
    *)
      printf '%s: expected %s, found %s, compiles as one: %s\n' \
        "$2" "$1" "$found" "$compiles"
      faults=$((faults + 1))
      ;;
  esac
}

printf 'namespace {\n%s\n}  // namespace\n' 'int first() { return 1; }' >a.in
printf 'namespace {\n%s\n}  // namespace\n' 'int second() { return 2; }' >b.in
expect together 'different names'

printf 'namespace {\n%s\n}  // namespace\n' 'int first() { return 2; }' >b.in
expect apart 'two functions of one name'

printf 'namespace {\n%s\n}  // namespace\n' \
  'struct Row {
  int first;
};' >a.in
printf 'namespace {\n%s\n}  // namespace\n' \
  'constexpr int kRows[] = {1};
enum class Row { kFirst };' >b.in
expect apart 'two types of one name'

printf 'namespace room {\nenum Kind { kOne };\n}\n' >room/kind.hpp
printf '%s\n' '#include "room/kind.hpp"' 'int one() { return kOne; }' >a.in
printf 'namespace {\n%s\n}  // namespace\n%s\n' 'constexpr int kOne = 1;' \
  'int two() { return kOne; }' >b.in
expect apart 'a constant that a header of the other file has'

printf '%s\n' '#pragma once' 'int first(int);' 'namespace room::part {' \
  'inline int one() { return first(1); }' '}' >room/part.hpp
printf '%s\n' '#include "room/part.hpp"' 'int one() { return part::one(); }' >b.in
printf 'namespace {\n%s\n}  // namespace\n%s\n' \
  'int first() { return 1; }' 'int two() { return first(); }' >a.in
expect apart 'a function that a header of an inner namespace calls'

sed -i 's/room::part/facts/' room/part.hpp
sed -i 's/part::one/facts::one/' b.in
expect together 'a function that a header of another namespace calls'

printf 'namespace facts {\nstruct Server {};\n}\n' >room/facts.hpp
printf '%s\n' '#include "room/facts.hpp"' 'namespace {' 'using facts::Server;' \
  '}  // namespace' 'Server one() { return {}; }' >a.in
sed 's/one/two/' a.in >b.in
sed -i '1i#pragma once' room/facts.hpp
sed -i 's/^namespace facts/namespace room::facts/' room/facts.hpp
expect together 'one using-declaration twice'

printf '%s\n' 'namespace other {' 'struct Server {};' '}  // namespace other' \
  'namespace {' 'using other::Server;' '}  // namespace' \
  'Server two() { return {}; }' >b.in
expect apart 'one name for two things'

printf '%s\n' 'namespace {' '// int first() { return 1; }' \
  'constexpr char kText[] = "int first() { return 1; }";' '}  // namespace' \
  'char a() { return kText[0]; }' >a.in
printf 'namespace {\n%s\n}  // namespace\n%s\n' 'int first() { return 1; }' \
  'int b() { return first(); }' >b.in
expect together 'a name in a comment and in a text'

printf 'unity: %s faults\n' "$faults"
exit $((faults > 0))
