#!/bin/sh
# Real tsc accepts the library and every sample: what users write is TypeScript, not a dialect.
set -u
: "${SOURCE_DIR:?the path of the project}" "${BUILD_DIR:?the build folder}"
skip() {
  echo "SKIPPED: $*"
  exit 77
}
command -v npm >/dev/null && command -v node >/dev/null || skip 'npm is not installed'

# tsc, of the version that package.json pins, is installed once into the build folder.
tools=$BUILD_DIR/tsc
mkdir -p "$tools"
if ! cmp -s "$SOURCE_DIR/tests/package-lock.json" "$tools/package-lock.json" || [ ! -x "$tools/node_modules/.bin/tsc" ]; then
  cp "$SOURCE_DIR/tests/package.json" "$SOURCE_DIR/tests/package-lock.json" "$tools/"
  if ! npm ci --prefix "$tools" --no-audit --no-fund --loglevel=error >"$tools/npm.log" 2>&1; then
    rm -f "$tools/package-lock.json"
    tail -n 5 "$tools/npm.log"
    skip 'npm could not install typescript'
  fi
fi
"$tools/node_modules/.bin/tsc" --noEmit --pretty false -p "$SOURCE_DIR/samples" || exit 1
echo 'ok: tsc accepts the samples and the library'
