#!/usr/bin/env bash
# Does scripts/iisdiag keep its word? In a scratch tree with a program of a few
# lines: first calls in parallel, nothing of its own on standard output, no
# build without need, never an outdated program, exit 5 if there is none.
# ctest: LABELS end_to_end PROCESSORS 2 TIMEOUT 300
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
tree="$scratch/a tree with blanks"
mkdir -p -- "$tree/src" "$tree/cmake" "$scratch/elsewhere" "$scratch/bin"
cp -r -- "$root/scripts" "$tree/"
cat >"$tree/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(iisdiag LANGUAGES CXX)
file(GLOB sources CONFIGURE_DEPENDS src/*.cpp)
add_executable(iisdiag ${sources})
END
cat >"$tree/src/main.cpp" <<'END'
#include <cstdio>
#include <unistd.h>
const char* __attribute__((weak)) word() { return "first"; }
int main(int argc, char** argv) {
  char line[256] = "";
  std::puts(word());
  std::puts(getcwd(line, sizeof line));
  for (int i = 1; i < argc; ++i) std::printf("<%s>\n", argv[i]);
  while (std::fgets(line, sizeof line, stdin)) std::printf("in: %s", line);
  return argc;
}
END

fail() {
  printf 'launcher.sh: %s\n' "$*" >&2
  printf '%s\n' '--- standard output' "$(<"$scratch/out")" \
    '--- standard error' "$(<"$scratch/err")" "--- exit $code" >&2
  exit 1
}

# Sets `code`, and writes the files out and err.
call() {
  code=0
  (cd -- "$scratch/elsewhere" && "$tree/scripts/iisdiag") \
    >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
}

# expect_word WORD: the last call ran a program that says WORD, and only that.
expect_word() {
  ((code == 1)) || fail "expected exit 1"
  [[ $(<"$scratch/out") == "$1"$'\n'"$scratch/elsewhere" ]] ||
    fail "expected the program that says '$1'"
}

# Two at once, on a tree that was never built.
(
  cd -- "$scratch/elsewhere"
  "$tree/scripts/iisdiag" </dev/null >"$scratch/out2" 2>"$scratch/err2" ||
    printf '%s' $? >"$scratch/code2"
) &
call
wait
expect_word first
[[ $(<"$scratch/out2") == "$(<"$scratch/out")" && $(<"$scratch/code2") == 1 ]] ||
  fail "the second of two first calls: $(cat "$scratch"/{out2,err2,code2})"

# Nothing to build: not a word. Arguments and standard input reach the program.
code=0
printf 'one\ntwo\n' | "$tree/scripts/iisdiag" 'a b' '' '*' \
  >"$scratch/out" 2>"$scratch/err" || code=$?
((code == 4)) || fail 'expected exit 4'
[[ $(tail -n 5 "$scratch/out") == $'<a b>\n<>\n<*>\nin: one\nin: two' ]] ||
  fail 'arguments or standard input did not arrive'
[[ ! -s $scratch/err ]] || fail 'there was nothing to build'

# Through a link, as from a folder of PATH.
ln -s -- "$tree/scripts/iisdiag" "$scratch/link"
"$scratch/link" </dev/null >"$scratch/out" 2>"$scratch/err" || code=$?
[[ $(head -n 1 "$scratch/out") == first ]] || fail 'not through a link'

# A new file, a changed one, a deleted one.
printf 'const char* word() { return "second"; }\n' >"$tree/src/word.cpp"
call
expect_word second
sed -i 's/second/third/' "$tree/src/word.cpp"
call
expect_word third
rm -- "$tree/src/word.cpp"
call
expect_word first

# Broken: exit 5 each time, the compiler's words on standard error, and not the
# program from before.
printf 'oh dear\n' >"$tree/src/word.cpp"
for _ in 1 2; do
  call
  ((code == 5)) || fail 'a broken build ends with 5'
  [[ ! -s $scratch/out ]] || fail 'a broken build prints nothing'
  grep -q 'word.cpp:1' "$scratch/err" || fail "the compiler's words are lost"
done
rm -- "$tree/src/word.cpp"
call
expect_word first

# Moved to another place, build tree and all.
mv -- "$tree" "$scratch/moved"
tree=$scratch/moved
call
expect_word first
call
[[ ! -s $scratch/err ]] || fail 'there was nothing to build after the move'

# Missing packages: asked for by name and without questions; exit 5 where they
# cannot be had. (No package is touched: these are not the real tools.)
printf '#!/bin/sh\nexit 1\n' >"$scratch/bin/dpkg-query"
cat >"$scratch/bin/sudo" <<'END'
#!/bin/sh
[ "$1" != -n ] || shift
exec "$@"
END
cat >"$scratch/bin/apt-get" <<END
#!/bin/sh
printf '%s ' "\$DEBIAN_FRONTEND" "\$@" >>"$scratch/apt.log"
echo "the words of apt-get"
exit 100
END
chmod +x -- "$scratch"/bin/*
touch -- "$tree/src/main.cpp"
PATH=$scratch/bin:$PATH call
((code == 5)) || fail 'without packages it ends with 5'
[[ ! -s $scratch/out ]] || fail 'apt-get belongs on standard error'
grep -q 'installing Debian packages: .*libfmt-dev' "$scratch/err" ||
  fail 'it does not say what it installs'
grep -q 'noninteractive .*install -y --no-install-recommends .*libfmt-dev' \
  "$scratch/apt.log" || fail "apt-get was called so: $(<"$scratch/apt.log")"
