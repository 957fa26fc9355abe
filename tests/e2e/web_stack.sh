#!/bin/sh
# Real things: files, a web server that answers, an .env with its address.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || skip 'curl is not installed'
sample web-stack

PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORT
compile index.tsx -o web-stack
at_end "cd $PWD && ./web-stack destroy --auto-approve"

must ./web-stack deploy --auto-approve
must curl -sf "http://127.0.0.1:$PORT/index.html"
says 'This page was written by a deploy binary.'
must curl -sf "http://127.0.0.1:$PORT/about.html"
says 'LocalProcess &amp; all of it'
must curl -sf "http://127.0.0.1:$PORT/config.json"
says '"apiUrl": "/api"'
grep -qx "SITE_URL=http://127.0.0.1:$PORT" .env || fail ".env has no URL: $(cat .env)"
grep -qx "SITE_PORT=$PORT" .env || fail ".env has no port: $(cat .env)"
[ "$(stat -c %a .env)" = 600 ] || fail '.env can be read by others'
status 0 ./web-stack plan --detailed-exitcode

# A changed page text is one update, and only it. The server is not touched.
pid=$(./web-stack state show WebStack/Server/http --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["outputs"]["pid"])')
kill -0 "$pid" || fail "no server with the recorded pid '$pid'"
sed -i 's/written by a deploy binary/rewritten/' pages.ts
compile index.tsx -o web-stack
plan ./web-stack
holds 'actions == ["update WebStack/Pages/index.html"]'
must ./web-stack deploy --auto-approve
must curl -sf "http://127.0.0.1:$PORT/index.html"
says 'This page was rewritten.'
kill -0 "$pid" || fail 'the server was restarted for a changed page'

# A server that was killed comes back.
kill -9 "$pid"
wait_for 5 sh -c "! kill -0 $pid"
plan ./web-stack
holds 'any(a.endswith(" WebStack/Server/http") for a in actions)'
holds 'not any("/Pages/" in a for a in actions)'
must ./web-stack deploy --auto-approve
must curl -sf "http://127.0.0.1:$PORT/index.html"

# A file that somebody changed by hand is drift, and is put right.
echo tampered >site/about.html
plan ./web-stack
holds 'actions == ["update WebStack/Pages/about.html"]'
must ./web-stack deploy --auto-approve
! grep -q tampered site/about.html || fail 'drift was not put right'

must ./web-stack destroy --auto-approve
[ ! -e site ] && [ ! -e .env ] || fail 'destroy left files behind'
! curl -s "http://127.0.0.1:$PORT/" >/dev/null || fail 'the server still answers after destroy'
cleanup=:
finish
