#!/bin/sh
# Renaming a component moves its resources; nothing is made or removed for it.
. "$(dirname "$0")/lib.sh"
sample messaging-app
CREACT_MOCK_WORLD=$scratch/world
export CREACT_MOCK_WORLD
compile index.tsx -o messaging
must ./messaging deploy --auto-approve
find "$CREACT_MOCK_WORLD" -type f -exec cat {} + >"$scratch/before"
[ -s "$scratch/before" ] || fail 'the mock world recorded nothing'

git mv -f components/DatabaseLayer.tsx components/DataLayer.tsx 2>/dev/null ||
  mv components/DatabaseLayer.tsx components/DataLayer.tsx
sed -i 's/DatabaseLayer/DataLayer/g' components/*.tsx
compile index.tsx -o messaging

plan ./messaging
holds 'len(changes) > 20 and all(c["action"] == "move" for c in changes)'
holds 'all("DatabaseLayer" in c["movedFrom"] for c in changes)'
must ./messaging plan
says '> MessagingApp/SecurityLayer/DatabaseLayer/postgres -> postgres (PostgresCluster)'
says 'MessagingApp/SecurityLayer/DataLayer'
must ./messaging deploy --auto-approve
find "$CREACT_MOCK_WORLD" -type f -exec cat {} + >"$scratch/after"
cmp -s "$scratch/before" "$scratch/after" || fail "resources were touched: $(diff "$scratch/before" "$scratch/after" | head -5)"
status 0 ./messaging plan --detailed-exitcode

# What was moved is still found in the world under the name that it was made with.
must ./messaging destroy --auto-approve
keeps_quiet_about 'created'
created=$(grep -c '^create ' "$CREACT_MOCK_WORLD/effects.log")
deleted=$(grep -c '^delete ' "$CREACT_MOCK_WORLD/effects.log")
[ "$created" -eq "$deleted" ] || fail "$created resources were made, $deleted deleted"
finish
