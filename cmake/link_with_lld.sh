#!/bin/sh
# gcc -wrapper for linking a Windows program: GCC's own linker step is made
# with LLVM's linker, which makes one of functions that are equal (--icf). GCC
# 12 for MinGW looks for another linker only beside its own, where nothing of
# ours belongs.
case $1 in
  */collect2 | collect2) ;;
  *) exec "$@" ;;
esac
shift
# What only GCC's linker understands: its plug-in for link-time optimization.
skip=
for argument in "$@"; do
  shift
  if [ -n "$skip" ]; then
    skip=
    continue
  fi
  case $argument in
    -plugin) skip=yes ;;
    -plugin-opt=*) ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec ld.lld --icf=all "$@"
