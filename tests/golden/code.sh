#!/bin/sh
# Compares the intermediate code and the C of code/small.tsx with what is kept; with BLESS=1 keeps them.
. "$(dirname "$0")/../e2e/lib.sh"
kept=$SOURCE_DIR/tests/golden/code
cp "$kept/small.tsx" .
for stage in ir c; do
  must "$CREACTC" --dump=$stage small.tsx
  if [ "${BLESS:-}" = 1 ]; then
    cp "$out" "$kept/small.$stage.txt"
  else
    diff -u "$kept/small.$stage.txt" "$out" || fail "small.$stage.txt differs; tools/bless code rewrites it"
  fi
done
# What is written must be C for each compiler of this machine, without a warning that means something.
must "$CREACTC" small.tsx --emit-c c
for cc in gcc clang tcc; do
  command -v $cc >/dev/null || continue
  for file in c/*.c; do must $cc -std=c11 -I "$SOURCE_DIR/runtime/include" -c "$file" -o object.o; done
done
finish
