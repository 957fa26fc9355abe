#!/bin/sh
# Every C compiler and every level gives a binary that does the same; so do the flags of a compiler used like cc.
. "$(dirname "$0")/lib.sh"
sample messaging-app
CREACT_CACHE_DIR=$scratch/cache
export CREACT_CACHE_DIR

compile index.tsx -o app
must ./app build --json
cp "$out" "$scratch/tree.json"

for cc in gcc clang tcc; do
  command -v $cc >/dev/null || continue
  # A runtime with sanitizers in it links only with the compiler that made it.
  [ -z "${SANITIZE:-}" ] || [ $cc = gcc ] || continue
  for flags in -O0 -O2 '-O3 -g'; do
    # The flags are words on purpose.
    # shellcheck disable=SC2086
    compile --cc $cc $flags index.tsx -o "app-$cc"
    must "./app-$cc" build --json
    cmp -s "$out" "$scratch/tree.json" || fail "$cc $flags gives a program that renders another tree"
  done
done

compile -MD -MF app.d index.tsx -o app
for file in index.tsx config.ts contexts.ts constructs.ts components/ComputeLayer.tsx; do
  grep -qF "$file" app.d || fail "the depfile does not name $file"
done
compile --check index.tsx
compile --stats index.tsx -o app
says 'parse'
for stage in ast bind ir c; do
  compile --dump=$stage index.tsx
  says 'ComputeLayer'
done

echo 'const broken: = 1;' >broken.tsx
status 1 "$CREACTC" --format=json broken.tsx -o broken
must python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1]) if line.strip()]' "$err"
must "$CREACTC" --version
must "$CREACTC" --help
says '--emit-c'
finish
