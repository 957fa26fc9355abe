#!/bin/sh
# run-test262 over checkout/, whose few programs are our own and end in each way that there is: what it prints is checkout.txt.
# BLESS=1 rewrites that.
. "$(dirname "$0")/../e2e/lib.sh"
command -v python3 >/dev/null || skip "python3 is missing"
here=$SOURCE_DIR/tests/test262
seconds=3 memory=4096
if [ -n "${SANITIZE:-}" ]; then seconds=15 memory=0; fi
run() { "$SOURCE_DIR/tests/run-test262" "$here/checkout" --cc=cc --seconds $seconds --memory $memory "$@"; }

status 1 run
if [ "${BLESS:-}" = 1 ]; then cp "$out" "$here/checkout.txt"; fi
diff -u "$here/checkout.txt" "$out" || fail "checkout.txt differs"

# Lists: what is on one runs whatever its front matter says; comments and empty lines are nothing.
printf '# a list\n\nlanguage/fake/left_out_flag.js # anything\nbuilt-ins/Fake/pass.js\n' >list
must run --list list --json
says '{"path": "built-ins/Fake/pass.js", "outcome": "pass", "codes": [], "detail": ""}'
says '{"path": "language/fake/left_out_flag.js", "outcome": "pass", "codes": [], "detail": ""}'
must run --list list built-ins/Fake
says '1 tests, 0 unexplained'
echo language/fake/refused.js >list
must run --reject-list list
says 'rejected C1014'

# What is meant counts no more, and a row that nothing needs is named.
printf '# path, reason\nlanguage/fake/mismatch.js sums are made differently\nlanguage/fake/pass_negative.js no reason\n' >meant
must run --expected meant language/fake/mismatch.js language/fake/pass_negative.js
says '(meant: sums are made differently)'
says "note: language/fake/pass_negative.js needs no row in the list of what is meant: it ends with 'pass'"

status 64 run --creactc ./missing
says "no such compiler: './missing'"
status 64 "$SOURCE_DIR/tests/run-test262" "$here"
says 'not a checkout of test262'
finish
