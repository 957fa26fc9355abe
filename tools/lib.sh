# tools/lib.sh: what quickstart and test have in common. Sourced by posix sh scripts of this folder, which set `root`.
#
# Progress goes to standard output, a line a step with the seconds since the start; what the steps print goes to a log
# that is shown when one of them fails.

# The Debian packages that a build needs, and the commands that tell whether a tool is there already (it may have come
# from elsewhere): package or package=command.
packages='
  gcc=gcc cmake=cmake ninja-build=ninja pkg-config=pkg-config python3=python3 npm=npm ca-certificates
  libc6-dev libtree-sitter-dev libcjson-dev libxxhash-dev libuv1-dev libssl-dev libpcre2-dev libcmocka-dev'

# And those that only the tests use.
test_packages='make=make curl=curl git=git tcc=tcc valgrind=valgrind'

started=$(date +%s)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() {
  printf '[%4ds] %s\n' $(($(date +%s) - started)) "$*"
}

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# quietly COMMAND…: runs it with its output in the log; shows the end of the log and stops when it fails.
quietly() {
  if ! "$@" >>"$log" 2>&1; then
    tail -n 40 "$log" >&2
    die "failed: $*"
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    die "packages are missing, and installing them needs root or sudo: $missing"
  fi
}

# missing_packages ENTRY…: those of package[=command] that are not there.
missing_packages() {
  for entry in "$@"; do
    package=${entry%%=*}
    case $entry in
    *=*) command -v "${entry#*=}" >/dev/null 2>&1 && continue ;;
    *) dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' && continue ;;
    esac
    printf '%s ' "$package"
  done
}

# install_packages ENTRY…: installs what is missing of them, and touches nothing when nothing is.
install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    step 'no apt-get here: taking it that the packages of tools/lib.sh are installed'
    return
  fi
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then
    step 'all packages are there'
    return
  fi
  step "installing $missing"
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  # The list is words on purpose.
  # shellcheck disable=SC2086
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

# build PRESET [TARGET…]: configures where needed, and builds.
build() {
  preset=$1
  shift
  build_dir=$root/build-$preset
  set -- "$@"
  if [ ! -f "$build_dir/build.ninja" ]; then
    step "configuring ($preset)"
    quietly cmake -S "$root" --preset "$preset" \
      ${TREE_SITTER_TYPESCRIPT_DIR:+"-DTREE_SITTER_TYPESCRIPT_DIR=$TREE_SITTER_TYPESCRIPT_DIR"}
  fi
  step "building ($preset)"
  if [ $# -gt 0 ]; then
    quietly cmake --build "$build_dir" --target "$@"
  else
    quietly cmake --build "$build_dir"
  fi
}
