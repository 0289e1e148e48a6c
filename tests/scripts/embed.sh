#!/usr/bin/env bash
# Does cmake/embed_demos.cmake keep every byte and every name? Embeds all 256
# bytes, an empty file and awkward names, compiles them, and compares.
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
cat >cli/demos.hpp <<'END'
#pragma once
#include <span>
#include <string_view>
namespace iisdiag::cli {
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};
std::span<const EmbeddedFile> demo_files(std::string_view name);
}  // namespace iisdiag::cli
END
cat >main.cpp <<'END'
#include "cli/demos.hpp"
#include <filesystem>
#include <fstream>
int main(int, char** argv) {
  for (const auto& [path, bytes] : iisdiag::cli::demo_files(argv[1])) {
    const auto file = std::filesystem::path(argv[2]) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
}
END

cmake -DDEMOS_DEF=demos.def -DSCENARIOS_DIR="$scratch/scenarios" \
  -DOUTPUT=demos.cpp -P "$root/cmake/embed_demos.cmake"
"${CXX:-g++}" -std=c++20 -Wall -Wextra -Wconversion -Werror -I. \
  main.cpp demos.cpp -o unpack
for name in a1 b-2; do
  mkdir "out-$name"
  ./unpack "$name" "out-$name"
  diff -r "scenarios/$name/evidence" "out-$name"
done
mkdir out-none
./unpack comment out-none
[[ -z $(ls out-none) ]]

# A demo without evidence is an error and not an empty server.
printf 'IISDIAG_DEMO(c3, "x")\n' >>demos.def
if cmake -DDEMOS_DEF=demos.def -DSCENARIOS_DIR="$scratch/scenarios" \
  -DOUTPUT=demos.cpp -P "$root/cmake/embed_demos.cmake" 2>/dev/null; then
  printf 'embed.sh: a demo without evidence was accepted\n' >&2
  exit 1
fi
