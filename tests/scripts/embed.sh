#!/usr/bin/env bash
# Does cmake/embed_demos.cmake keep every byte and every name? Embeds all 256
# bytes, an empty file and awkward names, compiles them, unpacks the archive with
# another program, cuts it, and compares. And are they the same bytes every time?
# ctest: LABELS end_to_end TIMEOUT 60
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
cd -- "$scratch"

mkdir -p scenarios/a1/evidence/'a folder' scenarios/b-2/evidence cli
for ((byte = 0; byte < 256; byte++)); do
  # shellcheck disable=SC2059  # the format is the byte
  printf "\\$(printf '%03o' "$byte")"
done >'scenarios/a1/evidence/a folder/all bytes.bin'
printf 'x' >'scenarios/a1/evidence/quo"te'\''s [1] 0é.txt'
: >scenarios/a1/evidence/empty
printf 'two\r\n' >scenarios/b-2/evidence/0
cat >demos.def <<'END'
// IISDIAG_DEMO(comment, "is passed over")
IISDIAG_DEMO(a1, "one; [two")
  IISDIAG_DEMO( b-2, "x")
END
cp -- "$root/src/cli/embedded_demos.hpp" cli/
# Prints the paths, and writes the archive to standard error.
cat >main.cpp <<'END'
#include <cstdio>

#include "cli/embedded_demos.hpp"
int main() {
  for (const auto& [demo, path, begin, size] :
       iisdiag::cli::embedded_paths()) {
    std::printf("%s\n%s\n%zu\n%zu\n", demo.data(), path.data(), begin, size);
  }
  const auto archive = iisdiag::cli::embedded_archive();
  std::fwrite(archive.data(), 1, archive.size(), stderr);
}
END

cmake -DDEMOS_DEF=demos.def -DSCENARIOS_DIR="$scratch/scenarios" \
  -DOUTPUT=demos.cpp -P "$root/cmake/embed_demos.cmake"
"${CXX:-g++}" -std=c++20 -Wall -Wextra -Wconversion -Werror -I. \
  main.cpp demos.cpp -o unpack
./unpack >paths 2>demos.zip
mkdir -p archive out/{a1,b-2}/evidence
python3 -m zipfile -e demos.zip archive
[[ $(ls archive) == demos ]]
sum=0
while IFS= read -r name && IFS= read -r path &&
  IFS= read -r begin && IFS= read -r size; do
  mkdir -p -- "$(dirname -- "out/$name/evidence/$path")"
  tail -c +$((begin + 1)) archive/demos | head -c "$size" \
    >"out/$name/evidence/$path"
  sum=$((sum + size))
done <paths
diff -r scenarios out
[[ $sum == "$(stat -c %s archive/demos)" ]]

# The same bytes whenever, wherever and as whomever: in Tokyo, with files that
# nobody else may read, and as another user where root can become one.
sleep 1
as_other=()
other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
chmod 755 "$scratch"
if ((EUID == 0)) && "${other[@]}" test -r "$root/cmake/embed_demos.cmake"; then
  as_other=("${other[@]}")
fi
chmod -R go-w,o+rX scenarios
mkdir -m 777 again
(umask 077 && cd again &&
  TZ=Asia/Tokyo "${as_other[@]}" cmake -DDEMOS_DEF="$scratch/demos.def" \
    -DSCENARIOS_DIR="$scratch/scenarios" -DOUTPUT=demos.cpp \
    -P "$root/cmake/embed_demos.cmake")
cmp demos.cpp again/demos.cpp

# A demo without evidence is an error and not an empty server.
printf 'IISDIAG_DEMO(c3, "x")\n' >>demos.def
if cmake -DDEMOS_DEF=demos.def -DSCENARIOS_DIR="$scratch/scenarios" \
  -DOUTPUT=demos.cpp -P "$root/cmake/embed_demos.cmake" 2>/dev/null; then
  printf 'embed.sh: a demo without evidence was accepted\n' >&2
  exit 1
fi
