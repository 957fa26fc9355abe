#!/bin/sh
# The installed tree, moved to another place, serves make, CMake and pkg-config.
. "$(dirname "$0")/lib.sh"
must cmake --install "$BUILD_DIR" --prefix "$scratch/first"
mv "$scratch/first" "$scratch/moved"
prefix=$scratch/moved
for file in bin/creactc include/creact/abi.h share/creact/lib/index.ts share/creact/creact.mk lib/creact/libcreact.a; do
  [ -f "$prefix/$file" ] || fail "not installed: $file"
done
PKG_CONFIG_PATH=$prefix/lib/pkgconfig
CMAKE_PREFIX_PATH=$prefix
export PKG_CONFIG_PATH CMAKE_PREFIX_PATH
# A compiler of the build folder that was on the way would go unnoticed.
unset CREACTC

must pkg-config --variable=compiler creact
says "$prefix"

sample make
command -v make >/dev/null || skip 'make is not installed'
must make
must ./site plan --json
says '"motd.txt"'
must make
says "Nothing to be done"
sed -i 's/Built/Built anew/' motd.ts
must make
keeps_quiet_about 'Nothing to be done'
must ./site deploy --auto-approve
[ "$(cat motd.txt)" = 'Built anew by make.' ] || fail 'the change of an imported file was not seen'

sample cmake
for generator in Ninja 'Unix Makefiles'; do
  rm -rf build
  must cmake -B build -G "$generator"
  must cmake --build build
  must build/bin/site plan --json
  before=$(stat -c %Y.%i build/bin/site)
  must cmake --build build
  [ "$before" = "$(stat -c %Y.%i build/bin/site)" ] || fail "$generator compiles again without need"
  sed -i 's/Built/Built anew/' motd.ts
  must cmake --build build
  must build/bin/site plan --json
  says 'Built anew'
  git checkout -q motd.ts 2>/dev/null || sed -i 's/Built anew/Built/' motd.ts
done
finish
