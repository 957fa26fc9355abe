#!/bin/sh
# What is wrong is told with its place and its own exit status, and nothing is lost by it.
. "$(dirname "$0")/lib.sh"

# refused NAME LINE:COLUMN CODE TEXT: standard input is a program that does not compile. CODE may be empty.
refused() {
  cat >"$1.tsx"
  status 1 "$CREACTC" "$1.tsx" -o "$1"
  says "$1.tsx:$2"
  says "error[$3"
  says "$4"
  [ ! -e "$1" ] || fail "a binary was made of $1.tsx"
}

refused syntax 4:1 C0 'error' <<'TSX'
import { CReact } from 'creact';
const list = [1, 2
const other = 3;
}
TSX
refused generator 1: C1 'yield' <<'TSX'
export function* numbers() { yield 1; }
TSX
refused unknown_import 1: C0 'creact/lokal' <<'TSX'
import { LocalFile } from 'creact/lokal';
export const file = LocalFile;
TSX
refused unknown_name 1: C0 'LocalFil' <<'TSX'
import { LocalFil } from 'creact/local';
export const file = LocalFil;
TSX
refused wrong_prop 2: C2 'conten' <<'TSX'
import { LocalFile } from 'creact/local';
export const App = () => <LocalFile key="a" path="a.txt" conten="x" />;
TSX
refused missing_prop 2: C2 'path' <<'TSX'
import { LocalFile } from 'creact/local';
export const App = () => <LocalFile key="a" content="x" />;
TSX

status 66 "$CREACTC" absent.tsx -o absent
says 'absent.tsx'
status 64 "$CREACTC" --no-such-flag
says 'no-such-flag'

# broken NAME STATUS TEXT…: standard input is the body of a program that compiles, and whose plan is refused.
header="import { CReact, MockCloudProvider, useInstance, useState } from 'creact';
class Box {
  constructor(public props: { peer?: string }) {}
  declare outputs: { url: string };
  static mockOutputs() { return { url: 'box' }; }
}"
broken() {
  name=$1 expected_status=$2
  shift 2
  { echo "$header"; cat; } >"$name.tsx"
  compile "$name.tsx" -o "$name"
  status "$expected_status" "./$name" plan
  for text in "$@"; do says "$text"; done
}

broken no_provider 65 Box no_provider.tsx:7 <<'TSX'
const App = () => <Box key="a" />;
await CReact.renderCloudDOM(<App />);
TSX
broken duplicate_key 65 duplicate_key.tsx:9 duplicate_key.tsx:10 <<'TSX'
CReact.provider = new MockCloudProvider();
const App = () => <>
  <Box key="a" />
  <Box key="a" />
</>;
await CReact.renderCloudDOM(<App />);
TSX
broken cycle 65 'App/first' 'App/second' cycle.tsx:10 cycle.tsx:11 <<'TSX'
CReact.provider = new MockCloudProvider();
function App() {
  const [url, setUrl] = useState<string>();
  const first = useInstance(Box, { key: 'first', peer: url });
  const second = useInstance(Box, { key: 'second', peer: first.outputs.url });
  if (second.outputs?.url && !url) setUrl(second.outputs.url);
  return null;
}
await CReact.renderCloudDOM(<App />);
TSX
broken throws 1 'no luck' throws.tsx:8 <<'TSX'
CReact.provider = new MockCloudProvider();
function App() { throw new Error('no luck'); return null; }
await CReact.renderCloudDOM(<App />);
TSX
broken nothing 65 renderCloudDOM <<'TSX'
CReact.provider = new MockCloudProvider();
export const App = () => <Box key="a" />;
export const hooks = [useInstance, useState];
TSX

cat >"$scratch/boxes.tsx" <<'TSX'
import { CReact, MockCloudProvider } from 'creact';
class Box { constructor(public props: { size: number }) {} declare outputs: { id: string } }
CReact.provider = new MockCloudProvider({
  latencyMs: Number(process.env.LATENCY_MS ?? '0'),
  failures: process.env.FAIL ? [{ match: process.env.FAIL, operation: 'create', message: 'the cloud said no' }] : [],
});
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const App = () => <>{names.map(name => <Box key={name} size={1} />)}</>;
await CReact.renderCloudDOM(<App />, 'boxes');
TSX
compile boxes.tsx -o boxes
status 64 ./boxes plann
says 'plan'
status 64 ./boxes plan --no-such-option
says 'no-such-option'

# A provider that fails half way: what was made is recorded, and the rest is made later.
FAIL=App/e status 1 ./boxes deploy --auto-approve --parallelism 1
says 'App/e'
says 'the cloud said no'
must ./boxes state list
says 'App/d'
must ./boxes resume --auto-approve
must ./boxes deploy --auto-approve
status 0 ./boxes plan --detailed-exitcode

# A state file that is torn at its end loses nothing that was acknowledged; damage in the middle is refused.
state=$(find .creact/state -name '*.jsonl' | head -1)
[ -n "$state" ] || fail 'there is no state file'
cp "$state" "$scratch/good.jsonl"
printf '{"c":"0123456789abcdef","t":"node","id":"77' >>"$state"
status 0 ./boxes plan --detailed-exitcode
sed '3s/a/b/' "$scratch/good.jsonl" >"$state"
cmp -s "$scratch/good.jsonl" "$state" && sed '3s/1/2/' "$scratch/good.jsonl" >"$state"
cp "$state" "$scratch/damaged.jsonl"
status 65 ./boxes plan
says "${state##*/}' is damaged in line 3"
status 65 ./boxes deploy --auto-approve
cmp -s "$state" "$scratch/damaged.jsonl" || fail 'a damaged state file was written to'
python3 - "$scratch/good.jsonl" "$state" <<'PYTHON'
import sys
lines = open(sys.argv[1]).read().split("\n")
lines[0] = lines[0].replace('"format":1,', '"format":999,')
open(sys.argv[2], "w").write("\n".join(lines))
PYTHON
status 65 ./boxes plan
says '999'
cp "$scratch/good.jsonl" "$state"
status 0 ./boxes plan --detailed-exitcode

# One deployer at a time.
LATENCY_MS=400 ./boxes destroy --auto-approve --parallelism 1 >"$scratch/first.log" 2>&1 &
first=$!
wait_for 20 grep -q deleted "$scratch/first.log"
status 75 ./boxes deploy --auto-approve
says "$first"
wait $first || fail "the holder of the lock failed: $(cat "$scratch/first.log")"

# Ctrl-C once: what runs is finished; twice: it is cancelled. Both can be resumed. (The wrapper gives the binary back
# the default action of SIGINT, which a shell takes from what it starts in the background.)
for presses in 1 2; do
  LATENCY_MS=700 python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
os.execv(sys.argv[1], sys.argv[1:])' ./boxes deploy --auto-approve --parallelism 2 >"$scratch/interrupted.log" 2>&1 &
  deployer=$!
  wait_for 20 grep -q created "$scratch/interrupted.log"
  kill -INT $deployer
  if [ $presses -eq 2 ]; then sleep 0.2; kill -INT $deployer 2>/dev/null; fi
  wait $deployer
  [ $? -eq 130 ] || fail "Ctrl-C ($presses) did not give status 130: $(cat "$scratch/interrupted.log")"
  must ./boxes resume --auto-approve
  must ./boxes deploy --auto-approve
  status 0 ./boxes plan --detailed-exitcode
  must ./boxes destroy --auto-approve
done
finish
