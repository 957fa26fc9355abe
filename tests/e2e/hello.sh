#!/bin/sh
# The smallest program, through its whole life, with the defaults: file backend, local provider.
. "$(dirname "$0")/lib.sh"
sample hello
compile hello.tsx -o hello

plan ./hello
holds 'actions == ["create Hello/folder", "create Hello/folder/Greeting/greeting"]'
status 2 ./hello plan --detailed-exitcode

must ./hello deploy --auto-approve
[ "$(cat greetings/hello.txt)" = 'Hello, world!' ] || fail 'the file does not hold the greeting'
status 0 ./hello plan --detailed-exitcode
says 'No changes'

HELLO_NAME=you
export HELLO_NAME
plan ./hello
holds 'actions == ["update Hello/folder/Greeting/greeting"]'
must ./hello deploy --auto-approve
[ "$(cat greetings/hello.txt)" = 'Hello, you!' ] || fail 'the file was not updated'
must ./hello state list
says 'Hello/folder/Greeting/greeting'
must ./hello output greeting
says 'greetings/hello.txt'

# Without a terminal and without --auto-approve nothing is done.
HELLO_NAME=nobody
status 64 ./hello deploy
says '--auto-approve'
[ "$(cat greetings/hello.txt)" = 'Hello, you!' ] || fail 'deployed without being told to'

must ./hello destroy --auto-approve
[ ! -e greetings ] || fail 'destroy left something behind'
finish
