#!/bin/sh
# Promise D2 on a compiled program: kill -9 at random instants, then resume. KILLS=200 for the long form.
. "$(dirname "$0")/../e2e/lib.sh"
story=$SOURCE_DIR/tests/crash
command -v python3 >/dev/null || skip 'python3 is not here'
sample fleet
compile fleet.tsx -o fleet
python3 "$story/kill.py" ./fleet "${KILLS:-20}" || fail 'a deployment was not resumed'
finish
