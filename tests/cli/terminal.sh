#!/bin/sh
# On a terminal: asking, colours, the live block; a pseudo-terminal made by python3 plays the user.
. "$(dirname "$0")/../e2e/lib.sh"
unset NO_COLOR
python3 -c 'import os; os.openpty()' 2>/dev/null || skip 'no pseudo-terminals here'
cat >app.tsx <<'TSX'
import { CReact, MockCloudProvider } from 'creact';
class Box { constructor(public props: { size: number }) {} declare outputs: { id: string } }
CReact.provider = new MockCloudProvider({ latencyMs: 300 });
const App = () => <><Box key="a" size={1} /><Box key="b" size={2} /></>;
await CReact.renderCloudDOM(<App />, 'boxes');
TSX
compile app.tsx -o app

# typed ANSWER STATUS COMMAND…: runs it on a terminal of 80 columns, types ANSWER when asked, expects STATUS.
typed() {
  python3 - "$@" >"$out" 2>"$err" <<'PYTHON' || fail "on a terminal: $*"
import fcntl, os, pty, struct, sys, termios
answer, expected, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execv(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen, typed = b"", False
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    seen += data
    if not typed and b"accepted: " in seen:
        os.write(fd, answer.encode() + b"\n")
        typed = True
sys.stdout.buffer.write(seen)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
if status != expected:
    sys.exit(f"exit status {status} instead of {expected}")
PYTHON
}

typed no 1 ./app deploy
says 'not approved; nothing was changed'
[ -z "$(./app state list)" ] || fail 'deployed although the answer was no'
typed yes 0 ./app deploy
says 'Deployed'
grep -q "$(printf '\033\\[32m+ ')" "$out" || fail 'creates are not green'
grep -q "$(printf '\033\\[[0-9]*A')" "$out" || fail 'there was no live block'
grep -q '2 running' "$out" || fail 'the block does not say what runs'
typed yes 0 ./app destroy --no-color
! grep -q "$(printf '\033\\[3[0-9]m')" "$out" || fail 'colours in spite of --no-color'
finish
