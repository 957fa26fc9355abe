#!/bin/sh
# Many files, layers and contexts: the plan is complete at once, and the environment changes only what it should.
. "$(dirname "$0")/lib.sh"
sample messaging-app
compile index.tsx -o messaging

network=MessagingApp/SecurityLayer/DatabaseLayer/MessagingLayer/NetworkLayer
database=MessagingApp/SecurityLayer/DatabaseLayer

# Complete on the first run: every variable of the services is there, URLs as what they are made of.
plan ./messaging
holds 'all(c["action"] == "create" for c in changes) and len(changes) == 36'
holds 'p["deferred"] == []'
holds "'$database/postgres' in needs('$network/ComputeLayer/api')"
holds "'$database/redis' in needs('$network/ComputeLayer/websocket')"
holds "'$database/MessagingLayer/kafka' in needs('$network/ComputeLayer/worker')"
must ./messaging plan
says "\${$database/postgres.url}"
says "\${$network/http.dnsName}"
keeps_quiet_about 'DATABASE_URL: ""'
keeps_quiet_about 'undefined'

must ./messaging deploy --auto-approve
status 0 ./messaging plan --detailed-exitcode
says 'No changes'
must ./messaging output
says 'postgres://app@messages.postgres.internal:5432/messages'
says 'https://messaging-http.us-east-1.elb.amazonaws.com'

# Production: each row of the scaling table, and nothing without a cause in the environment.
ENVIRONMENT=prod
export ENVIRONMENT
plan ./messaging
cat >"$scratch/check.py" <<'PYTHON'
import json, sys

root = "MessagingApp/SecurityLayer/DatabaseLayer/"
network = root + "MessagingLayer/NetworkLayer/"
scaling = {
    (root + "postgres", "replicas"): (1, 3),
    (root + "redis", "nodes"): (3, 6),
    (root + "elasticsearch", "nodes"): (2, 5),
    (root + "MessagingLayer/kafka", "brokers"): (3, 5),
    (network + "ComputeLayer/api", "replicas"): (3, 10),
    (network + "ComputeLayer/websocket", "replicas"): (4, 15),
    (network + "ComputeLayer/worker", "replicas"): (2, 8),
}
# What else distinguishes environments: retention, backups, and what services are told about where they run.
others = {
    (root + "postgres", "backup"), (root + "redis", "snapshotDays"),
    (root + "elasticsearch", "indices[1].retentionDays"), (root + "elasticsearch", "indices[audit].retentionDays"),
    (root + "MessagingLayer/kafka", "topics[0].retentionHours"),
    (root + "MessagingLayer/kafka", "topics[1].retentionHours"),
    (root + "MessagingLayer/kafka", "topics[messages].retentionHours"),
    (root + "MessagingLayer/kafka", "topics[receipts].retentionHours"),
    (network + "MonitoringLayer/prometheus", "retentionDays"),
}
plan = json.load(open(sys.argv[1]))
problems, seen = [], {}
for change in plan["changes"]:
    address = change["address"]
    if change["action"] == "create":
        if address != "MessagingApp/SecurityLayer/StorageLayer/backups":
            problems.append(f"no cause for creating {address}")
        continue
    if change["action"] != "update":
        problems.append(f"unexpected {change['action']} of {address}")
    for attribute in change["attributes"]:
        path = attribute["path"]
        seen[address, path] = attribute.get("before"), attribute.get("after")
        told = "ComputeLayer" in address and path in ("env.ENVIRONMENT", "env.LOG_LEVEL")
        known = (address, path) in scaling or told or (address, path) in others
        if not known and not (address, path.split(".")[0]) in others:
            problems.append(f"no cause for {address} {path}")
for key, values in scaling.items():
    if seen.get(key) != values:
        problems.append(f"{key}: {seen.get(key)} instead of {values}")
print(*problems, sep="\n")
sys.exit(1 if problems else 0)
PYTHON
must python3 "$scratch/check.py" "$scratch/plan.json"

ENVIRONMENT=production
status 1 ./messaging plan
says "ENVIRONMENT must be dev, staging or prod, not 'production'"

ENVIRONMENT=prod
must ./messaging deploy --auto-approve
status 0 ./messaging plan --detailed-exitcode
must ./messaging destroy --auto-approve
plan ./messaging
holds 'all(c["action"] == "create" for c in changes)'
finish
