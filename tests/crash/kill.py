#!/usr/bin/env python3
"""kill -9 at random instants of a deployment, then `resume`: kill.py BINARY [KILLS [NODES]]

BINARY is samples/fleet, compiled. Promise D2: however often the process dies, every resource is made exactly once in
the world (the mock provider's effects.log), and the state ends as that of a run that nobody disturbed. Every third
time the resume is killed as well, once. Prints the seed; CREACT_SEED repeats a run.
"""
import json
import os
import random
import signal
import shutil
import subprocess
import sys
import tempfile
import time

PARALLELISM = "10"
LATENCY_MS = "4"


class Run:
    def __init__(self, binary, nodes, folder):
        self.binary, self.folder = binary, folder
        self.environment = dict(os.environ, NODES=str(nodes), LATENCY_MS=LATENCY_MS, NO_COLOR="1",
                                CREACT_MOCK_WORLD=os.path.join(folder, "world"))

    def start(self, *arguments):
        return subprocess.Popen([self.binary, *arguments, "--state-dir", os.path.join(self.folder, "state")],
                                env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def must(self, *arguments):
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=120)
        if process.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)}: exit status {process.returncode}\n{output[-3000:]}")
        return output

    def killed(self, after_s, *arguments):
        """Starts a command and kills it; False: it had ended by itself."""
        process = self.start(*arguments)
        try:
            process.communicate(timeout=after_s)
            return False
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True

    def effects(self):
        path = os.path.join(self.folder, "world", "effects.log")
        if not os.path.exists(path):
            return []
        return [line.split(" ")[:2] for line in open(path, encoding="utf-8").read().split("\n")[:-1]]

    def state(self):
        """What is recorded of each resource, without what differs from run to run."""
        resources, path = {}, os.path.join(self.folder, "state", "fleet.jsonl")
        lines = open(path, encoding="utf-8").read().split("\n")[:-1] if os.path.exists(path) else []
        for record in map(json.loads, lines):
            if record["t"] not in ("node", "gone"):
                continue
            resources.pop(record["id"], None)
            if record["t"] == "node":
                resources[record["id"]] = {k: v for k, v in record.items() if k not in ("c", "s", "t")}
        return resources


def check(run, expected):
    made = {}
    for effect, identity in run.effects():
        made.setdefault(identity, []).append(effect)
    for identity in expected:
        if made.get(identity) != ["create"]:
            raise AssertionError(f"{expected[identity]['address']}: effects {made.get(identity)} instead of one create")
    if len(made) != len(expected):
        raise AssertionError(f"{len(made)} resources in the world instead of {len(expected)}")
    state = run.state()
    if state != expected:
        different = [i for i in set(state) | set(expected) if state.get(i) != expected.get(i)]
        raise AssertionError(f"the state differs in {len(different)} resources: {state.get(different[0])}, {expected.get(different[0])}")
    run.must("plan", "--detailed-exitcode")


def main():
    binary = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    nodes = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    seed = os.environ.get("CREACT_SEED", str(random.randrange(1 << 32)))
    instants = random.Random(seed)
    scratch = tempfile.mkdtemp(prefix="creact-kill-")
    landed = interrupted = in_flight = doubly = 0
    try:
        base = Run(binary, nodes, tempfile.mkdtemp(dir=scratch))
        began = time.monotonic()
        base.must("deploy", "--auto-approve", "--parallelism", PARALLELISM)
        lasts_s = time.monotonic() - began
        expected = base.state()
        check(base, expected)
        assert len(expected) == nodes
        print(f"{nodes} resources, parallelism {PARALLELISM}, {lasts_s:.2f} s undisturbed; {kills} kills, seed {seed}", flush=True)
        while landed < kills:
            run = Run(binary, nodes, tempfile.mkdtemp(dir=scratch))
            after_s = instants.uniform(0, lasts_s)
            if not run.killed(after_s, "deploy", "--auto-approve", "--parallelism", PARALLELISM):
                shutil.rmtree(run.folder)
                continue
            landed += 1
            under_way = sum(record["state"] == "APPLYING" for record in run.state().values()) if os.path.exists(run.folder + "/state/fleet.jsonl") else 0
            in_flight += under_way
            interrupted += under_way > 0
            try:
                if landed % 3 == 0:
                    doubly += run.killed(instants.uniform(0, lasts_s), "resume", "--auto-approve", "--parallelism", PARALLELISM)
                output = run.must("resume", "--auto-approve", "--parallelism", PARALLELISM)
                if "Nothing to resume" in output and run.state() != expected:  # it died before it began
                    assert not run.effects(), "there are effects of a deployment that was not begun"
                    run.must("deploy", "--auto-approve", "--parallelism", PARALLELISM)
                check(run, expected)
            except AssertionError as error:
                kept = run.folder
                shutil.move(kept, tempfile.gettempdir() + "/creact-kill-failed-" + os.path.basename(kept))
                print(f"FAILED after a kill at {after_s * 1000:.1f} ms: {error}", flush=True)
                return 1
            shutil.rmtree(run.folder)
        print(f"ok: {landed} kills, {interrupted} with operations under way ({in_flight} in all), {doubly} resumes killed too: "
              f"0 lost, 0 doubled, 0 orphaned, same state")
        return 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


sys.exit(main())
