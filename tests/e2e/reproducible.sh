#!/bin/sh
# The same sources give the same bytes: the C, the binary, and the rendered tree, wherever and however they are made.
. "$(dirname "$0")/lib.sh"
CREACT_CACHE_DIR=$scratch/cache
export CREACT_CACHE_DIR

for folder in one a/somewhat/deeper/two; do
  mkdir -p "$(dirname "$scratch/$folder")"
  sample messaging-app "$folder"
  compile index.tsx --emit-c c
  compile --no-cache index.tsx -o messaging
done
cd "$scratch" || exit 1
must diff -r one/c a/somewhat/deeper/two/c
must cmp one/messaging a/somewhat/deeper/two/messaging
! grep -rqF "$scratch" one/c one/messaging || fail 'the folder that it was compiled in is in what was compiled'
! grep -qF "$SOURCE_DIR" one/messaging || [ -n "${SANITIZE:-}" ] || fail 'the folder of the project is in the binary'

cd one || exit 1
must ./messaging build --json
cp "$out" "$scratch/tree.json"
must python3 -m json.tool "$scratch/tree.json"
run=0
while [ $run -lt 20 ]; do
  case $((run % 4)) in
  0) must ./messaging build --json ;;
  1) must setarch -R ./messaging build --json ;;
  2) must env LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu ./messaging build --json ;;
  3) must env LC_ALL=C TZ=UTC HOME=/nonexistent ./messaging build --json ;;
  esac
  cmp -s "$out" "$scratch/tree.json" || fail "run $run gives another tree"
  run=$((run + 1))
done
finish
