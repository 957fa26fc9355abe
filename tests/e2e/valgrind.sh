#!/bin/sh
# Compiler and deploy binary under valgrind: no invalid access, nothing uninitialised used, nothing definitely lost.
. "$(dirname "$0")/lib.sh"
[ -z "${SANITIZE:-}" ] || skip 'valgrind and sanitizers do not go together'
command -v valgrind >/dev/null || skip 'valgrind is not installed'
# LONG=1: the unit tests, and compiler and binary of every program of tests/run, too (minutes).
# Children that only exec, or that a test kills, are left alone.
checked() {
  must valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
    --child-silent-after-fork=yes "$@"
}

sample messaging-app
checked "$CREACTC" --check index.tsx
compile index.tsx -o messaging
checked ./messaging plan
checked ./messaging deploy --auto-approve
checked ./messaging plan --json
checked ./messaging destroy --auto-approve
sample hello
compile hello.tsx -o hello
checked ./hello deploy --auto-approve
checked ./hello destroy --auto-approve
cd "$scratch" || exit 1
if [ "${LONG:-}" = 1 ]; then
  for test in "$BUILD_DIR"/tests/*_test; do
    checked "$test"
    echo "clean: ${test##*/}"
  done
  for program in "$SOURCE_DIR"/tests/run/*.ts*; do
    checked "$CREACTC" --check "$program"
    compile "$program" -o program
    if grep -q '^// fails:' "$program"; then expected=1; else expected=0; fi
    status $expected valgrind -q --error-exitcode=99 ./program __eval
    echo "clean: ${program##*/}"
  done
fi
finish
