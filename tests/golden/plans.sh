#!/bin/sh
# Compares the plans of plans.txt with what is kept; with BLESS=1 keeps them. Arguments: a part of a row's file name.
. "$(dirname "$0")/../e2e/lib.sh"
rows=$SOURCE_DIR/tests/golden/plans.txt
failed=0

while read -r name entry file when variables; do
  case $name in '' | '#'*) continue ;; esac
  rm -rf "${scratch:?}/$name"
  sample "$name"
  compile "$entry" -o app
  if [ "$when" = after ]; then
    must ./app deploy --auto-approve
  fi
  # The variables are words on purpose.
  # shellcheck disable=SC2086
  must env $variables ./app plan
  if [ "${BLESS:-}" = 1 ]; then
    cp "$out" "$SOURCE_DIR/$file"
  elif ! diff -u "$SOURCE_DIR/$file" "$out"; then
    echo "$name ${variables:-}: the plan is not that of $file; tools/bless plan rewrites it"
    failed=1
  fi
  cd "$scratch" || exit 1
done <"$rows"
[ "$failed" -eq 0 ] || exit 1
finish
