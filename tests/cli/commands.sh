#!/bin/sh
# The deploy binary's commands: what they print where, and the status they end with.
# To add a case: a few lines below, with must/status and says (tests/e2e/lib.sh).
. "$(dirname "$0")/../e2e/lib.sh"
unset CREACT_STATE_DIR

cat >app.tsx <<'TSX'
import { CReact, MockCloudProvider, useInstance, useOutput } from 'creact';
class Box {
  constructor(public props: { size: number; label?: string }) {}
  declare outputs: { url: string };
  static mockOutputs(props: { size: number }) { return { url: `https://box-${props.size}` }; }
}
CReact.provider = new MockCloudProvider();
console.log('evaluated');
function App() {
  console.log('rendering');
  const box = useInstance(Box, { key: 'box', size: Number(process.env.SIZE ?? '1') });
  useOutput('url', box.outputs.url);
  return <Box key="second" size={2} label={`of ${box.outputs.url}`} />;
}
await CReact.renderCloudDOM(<App />, 'boxes');
TSX
compile app.tsx -o app

# What the name of a variable says is secret is shown nowhere.
cat >"$scratch/token.tsx" <<'TSX'
import { CReact, MockCloudProvider } from 'creact';
class Box { constructor(public props: { on: boolean }) {} declare outputs: { id: string } }
CReact.provider = new MockCloudProvider();
await CReact.renderCloudDOM(<Box key="a" on={process.env.API_TOKEN !== undefined} />, 'token');
TSX
compile token.tsx -o token
for command in plan 'plan --json' build 'build --json'; do
  # The words of the command are words on purpose.
  # shellcheck disable=SC2086
  must env API_TOKEN=hunter2 ./token $command
  keeps_quiet_about hunter2
done
says '"name":"API_TOKEN","sensitive":true'

# Help and usage.
must ./app help
says 'deploy, apply'
must ./app --help
says 'usage: ./app COMMAND'
must ./app help plan
says '--detailed-exitcode'
must ./app plan --help
says '--detailed-exitcode'
status 64 ./app
says 'a command is needed'
status 64 ./app plann
says "did you mean 'plan'"
status 64 ./app plan --jsno
says "did you mean '--json'"
status 64 ./app plan --auto-approve
says "'plan' does not take '--auto-approve'"
status 64 ./app state frobnicate
status 64 ./app state show
must ./app version
says 'creact '
must ./app version --json
python3 -m json.tool <"$out" >/dev/null || fail 'version --json is no JSON'

# Before the first deployment.
must ./app state list
[ ! -s "$out" ] || fail 'resources without a deployment'
must ./app output
says "stack 'boxes' has no outputs"
status 66 ./app output url
says "has no output 'url'"
must ./app build
says 'second (Box)'
status 2 ./app plan --detailed-exitcode
says 'Plan: 2 to create, 0 to update, 0 to delete'
says '${App/box.url}'
[ ! -e .creact ] || fail 'looking has made something'
must ./app resume
says 'Nothing to resume'
must ./app resume --json
says '"event":"summary"'

# JSON on stdout, what the program prints on stderr.
must ./app build --json
python3 -m json.tool <"$out" >/dev/null || fail 'build --json is no JSON'
grep -q rendering "$err" || fail 'console.log is not on stderr'
must ./app info --json
python3 -c 'import json, sys; d = json.load(sys.stdin); assert d["stack"] == "boxes" and d["backend"] == "file", d' <"$out" || fail 'info --json'
must ./app info
says 'every construct'

# Without a terminal nothing is done unless told.
status 64 ./app deploy
says "add '--auto-approve'"
[ -z "$(./app state list 2>/dev/null)" ] || fail 'deployed without approval'

status 2 ./app deploy --auto-approve --json --detailed-exitcode
python3 - "$out" <<'PYTHON' || fail 'deploy --json'
import json, sys
events = [json.loads(line) for line in open(sys.argv[1])]
kinds = [e["event"] for e in events]
assert kinds[0] == "plan" and kinds[-1] == "summary", kinds
assert sorted(e["address"] for e in events if e["event"] == "done") == ["App/box", "App/second"], events
assert events[-1]["create"] == 2, events[-1]
PYTHON
must ./app output url
[ "$(cat "$out")" = https://box-1 ] || fail 'output url'
must ./app output url --raw
must ./app output --json
says '{"url":"https://box-1"}'
status 64 ./app output --raw
must ./app state list
says 'App/second (Box)'
must ./app state show App/second
says '"label": "of https://box-1"'
must ./app state show App/box --json
python3 -c 'import json, sys; d = json.load(sys.stdin); assert d["state"] == "DEPLOYED" and d["outputs"]["url"] == "https://box-1", d' <"$out" || fail 'state show --json'
status 66 ./app state show second
says "did you mean 'App/second'?"
status 0 ./app deploy --auto-approve --detailed-exitcode
says 'No changes'

# A changed environment is one update, with what changes and its consequences.
SIZE=3 status 2 ./app plan --detailed-exitcode
says '1 → 3'
SIZE=3 must ./app apply -y
must ./app output url
says 'https://box-3'

# Stacks and their state are apart; options win over the environment.
must ./app deploy -y --stack other --state-dir elsewhere
[ -e elsewhere/other.jsonl ] || fail 'no state in --state-dir'
status 74 ./app plan --stack other --state-dir elsewhere/other.jsonl
says 'elsewhere/other.jsonl'
must ./app plan --stack other
says '2 to create'
CREACT_STATE_DIR=$PWD/elsewhere must ./app state list --stack other
says 'App/second'
status 64 ./app plan --stack ../evil
must ./app destroy -y --stack other --state-dir elsewhere
must ./app state list --stack other --state-dir elsewhere
keeps_quiet_about 'App/second'

# A reader that goes away, a full disk.
./app plan --verbose 2>"$err" | head -1 >/dev/null
! grep -q '^error' "$err" || fail 'a reader that has seen enough is complained about'
if [ -w /dev/full ]; then
  ./app plan >/dev/full 2>"$err"
  [ $? -eq 74 ] || fail 'a full disk behind stdout is not told'
fi

# Closed streams: nothing is written to a file that happens to get their number.
./app plan >&- 2>"$err"
[ $? -eq 74 ] || fail 'a closed stdout is not told'
must ./app plan
(./app deploy -y <&- >&- 2>&-)
must ./app state list

must ./app destroy -y
says 'Destroyed: 2 deleted'
must ./app destroy -y
says 'Nothing to remove'

# A program that does not render any more can still be destroyed.
must ./app deploy -y
sed 's/console.log(.rendering.)/if (process.env.BREAK) throw new Error("broken")/' app.tsx >broken.tsx
compile broken.tsx -o broken
BREAK=1 status 1 ./broken plan
says 'broken.tsx:10'
BREAK=1 must ./broken destroy -y
[ -z "$(./broken state list 2>/dev/null)" ] || fail 'destroy left resources'

# What the program throws while it is evaluated, and while its promises settle.
cat >thrown.tsx <<'TSX'
function broken(): never { throw new TypeError('no luck'); }
broken();
TSX
compile thrown.tsx -o thrown
status 1 ./thrown plan
says 'TypeError: no luck'
says 'thrown.tsx:1'
cat >rejected.tsx <<'TSX'
async function later(): Promise<void> { throw new Error('too late'); }
later();
TSX
compile rejected.tsx -o rejected
status 1 ./rejected __eval
says 'too late'
cat >quiet.tsx <<'TSX'
console.log('evaluated');
TSX
compile quiet.tsx -o quiet
must ./quiet __eval
says 'evaluated'
status 65 ./quiet plan
says 'renderCloudDOM'
finish
