# tests/e2e/lib.sh: for stories over whole programs. Sourced by posix sh scripts, which CTest runs with
#   CREACTC     the compiler            SOURCE_DIR  the project
#   BUILD_DIR   the build folder        SANITIZE    the sanitizers of this build, or nothing
#
# A story works in a scratch folder that is removed at its end; `at_end COMMAND` cleans up what else it started.
# The first expectation that does not hold ends the story, with what was printed.
set -u
: "${CREACTC:?the path of creactc}" "${SOURCE_DIR:?the path of the project}"
NO_COLOR=1
export NO_COLOR
unset ENVIRONMENT AWS_REGION DOMAIN ENABLE_MONITORING ENABLE_BACKUPS STACK_NAME NODES LATENCY_MS HELLO_NAME API_URL

scratch=$(mktemp -d "${TMPDIR:-/tmp}/creact-e2e-XXXXXX")
cleanup=:
trap 'eval "$cleanup"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
cd "$scratch" || exit 1

# Where what a command printed goes.
out=$scratch/.out
err=$scratch/.err

at_end() { cleanup="$* >/dev/null 2>&1; $cleanup"; }

fail() {
  echo "FAILED: $*"
  if [ -s "$out" ]; then echo '--- standard output'; head -c 6000 "$out"; fi
  if [ -s "$err" ]; then echo '--- standard error'; head -c 6000 "$err"; fi
  exit 1
}

# skip REASON…: for what this machine cannot do.
skip() {
  echo "SKIPPED: $*"
  exit 77
}

finish() { echo "ok: ${0##*/}"; }

# status N COMMAND…: runs it without a terminal, keeps what it prints in $out and $err, and expects exit status N.
status() {
  expected=$1
  shift
  "$@" >"$out" 2>"$err" </dev/null
  actual=$?
  [ "$actual" -eq "$expected" ] || fail "exit status $actual instead of $expected: $*"
}

must() { status 0 "$@"; }

# says TEXT / keeps_quiet_about TEXT: about what the last command printed, on either stream.
says() { grep -qF -e "$1" "$out" "$err" || fail "expected '$1' in what was printed"; }
keeps_quiet_about() { ! grep -qF -e "$1" "$out" "$err" || fail "did not expect '$1' in what was printed"; }

# sample NAME [FOLDER]: copies a sample into the scratch folder and goes there.
sample() {
  cp -r "$SOURCE_DIR/samples/$1" "$scratch/${2:-$1}" || exit 1
  rm -rf "$scratch/${2:-$1}/.creact"
  cd "$scratch/${2:-$1}" || exit 1
}

compile() { must "$CREACTC" "$@"; }

# plan BINARY [ARGUMENT…]: its plan as JSON in $scratch/plan.json.
plan() {
  binary=$1
  shift
  must "$binary" plan --json "$@"
  cp "$out" "$scratch/plan.json"
}

# holds EXPRESSION: of the last plan. `p` is the document, `changes` its changes, `actions` a sorted list of
# "action address", `change(address)` one of them, `needs(address)` the addresses that it depends on.
holds() {
  python3 - "$scratch/plan.json" "$1" >"$err" 2>&1 <<'PYTHON' || fail "does not hold of the plan: $1"
import json, sys
p = json.load(open(sys.argv[1]))
changes = p["changes"]
actions = sorted(f'{c["action"]} {c["address"]}' for c in changes)
change = lambda address: next(c for c in changes if c["address"] == address)
needs = lambda address: {edge["address"] for edge in change(address)["dependsOn"]}
if not eval(sys.argv[2]):
    print("actions:", *actions, sep="\n  ")
    sys.exit(1)
PYTHON
}

# wait_for SECONDS COMMAND…: until it succeeds.
wait_for() {
  left=$(($1 * 20))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "waited in vain for: $*"
    sleep 0.05
  done
}
