#!/bin/sh
# The checks of the house find what they are there to find.
. "$(dirname "$0")/lib.sh"
tools=$SOURCE_DIR/tools
mkdir -p house/compiler/parse house/runtime/base house/runtime/providers/local

finds() {
  status 1 "$tools/$1" "$scratch/house"
  says "$2"
}
echo '#include "types/types.h"' >house/compiler/parse/parse.c
finds check-includes "compiler/parse/parse.c:1: 'parse' may not include 'types'"
echo '#include "parse.h"' >house/compiler/parse/parse.c
finds check-includes 'does not start with a room'
rm house/compiler/parse/parse.c
echo '#include "value/value.h"' >house/runtime/base/str.c
finds check-includes "'base' may not include 'value'"
rm house/runtime/base/str.c
echo '#include "deploy/engine.h"' >house/runtime/providers/local/local.c
finds check-includes "a provider may not include 'deploy'"
echo '#include "os/file.h"' >house/runtime/providers/local/local.c
must "$tools/check-includes" "$scratch/house"

# function LINES: a function of so many lines, its signature over two of them.
function_of() {
  printf 'static int f(int a,\n             int b) {\n'
  yes '    a += b;' | head -n $(($1 - 3))
  echo '}'
}
function_of 90 >house/runtime/base/long.c
must "$tools/check-size" "$scratch/house"
{ echo 'int g(void);'; function_of 91; } >house/runtime/base/long.c
finds check-size "runtime/base/long.c:2: 'f' has 91 lines"
yes '/* */' | head -n 1001 >house/runtime/base/long.c
finds check-size 'runtime/base/long.c:1: 1001 lines'
finish
