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

# What did not change is not made again, and what did is; either way the result is the same file, and newer.
cp app kept
touch -d '1 hour ago' app
compile --verbose index.tsx -o app
[ -s "$err" ] && fail 'something was compiled or linked though nothing had changed'
must cmp app kept
[ -n "$(find app -mmin -30)" ] || fail 'make would take the binary for older than its sources'
echo torn >>app
compile index.tsx -o app
must cmp app kept
echo 'export const unused = 1;' >>config.ts
compile --verbose index.tsx -o app
[ "$(grep -c -- ' -c ' "$err")" -eq 1 ] || fail 'a change of one module compiled others too'
! cmp -s app kept || fail 'the hash of the sources did not change with them'
compile --no-cache index.tsx -o fresh
must cmp app fresh

# A machine with tcc alone is enough, whether or not it is named.
if command -v tcc >/dev/null && [ -z "${SANITIZE:-}" ]; then
  mkdir only
  ln -s "$(command -v tcc)" only/tcc
  must env PATH="$PWD/only" "$CREACTC" index.tsx -o app-alone
  must ./app-alone build --json
  cmp -s "$out" "$scratch/tree.json" || fail 'tcc alone gives a program that renders another tree'
fi
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
