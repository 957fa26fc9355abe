#!/bin/sh
# Real files, commands and a real server: deployments and destroys are killed at random instants, and resumed. There is
# never a second server, nothing is left behind. ROUNDS=40 for the long form; CREACT_SEED repeats a run.
. "$(dirname "$0")/../e2e/lib.sh"
command -v curl >/dev/null || skip 'curl is not installed'
rounds=${ROUNDS:-6}
seed=${CREACT_SEED:-$$}
echo "seed $seed"

cat >app.tsx <<'TSX'
import { CReact, useInstance } from 'creact';
import { LocalCommand, LocalDirectory, LocalFile } from 'creact/local';
import { LocalProcess } from 'creact/process';
const port = Number(process.env.PORT);
function App() {
  const server = useInstance(LocalProcess, {
    key: 'server',
    command: ['python3', '-u', '-m', 'http.server', String(port), '--bind', '127.0.0.1'],
    port,
    stopTimeoutMs: 500,
  });
  return <>
    <LocalDirectory key="site" path="site">
      <LocalFile key="index" path="site/index.html" content="hello" />
    </LocalDirectory>
    <LocalFile key="env" path="made/for/it/env" content={`URL=${server.outputs.url}`} />
    <LocalCommand key="mark" create="sleep 0.05; touch mark" delete="rm -f mark" />
  </>;
}
await CReact.renderCloudDOM(<App />, 'real');
TSX
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORT
compile app.tsx -o app
at_end "cd $PWD && ./app destroy --auto-approve; ./app resume --auto-approve"

servers() { pgrep -fc "http.server $PORT --bind" || true; }
# killed LIMIT COMMAND: starts it and kills it within LIMIT seconds.
killed() {
  ./app "$2" --auto-approve >"$out" 2>"$err" &
  victim=$!
  seed=$((seed + 1))
  python3 -c "import random, time; random.seed($seed); time.sleep(random.random() * $1)"
  kill -9 $victim 2>/dev/null
  wait $victim 2>/dev/null
}

round=0
while [ $round -lt "$rounds" ]; do
  killed 0.35 deploy
  must ./app resume --auto-approve
  must ./app deploy --auto-approve
  [ "$(servers)" = 1 ] || fail "$(servers) servers after a killed deployment"
  status 0 ./app plan --detailed-exitcode
  must curl -sf "http://127.0.0.1:$PORT/site/index.html"
  [ -e mark ] || fail 'the command did not run'
  killed 0.06 destroy
  must ./app resume --auto-approve
  must ./app destroy --auto-approve
  [ "$(servers)" = 0 ] || fail 'the server outlived a killed destroy'
  for path in site mark .creact/logs; do [ ! -e "$path" ] || fail "'$path' is left behind"; done
  # An empty folder may be: a kill between making it and writing the file in it leaves nobody who knows whose it is.
  [ -z "$(find made -type f 2>/dev/null)" ] || fail 'a file is left behind'
  round=$((round + 1))
done
cleanup=:
finish
