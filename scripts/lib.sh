# shellcheck shell=bash
# What the scripts of this folder share; sourced, never run. Binaries of ours live in a cache folder outside the work tree.

readonly CACHE="${PURGELINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/purgeline}"
readonly SCRIPTS

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }

is_in_cache() { [ -x "$CACHE/bin/$1" ]; }

# install_with_go NAME MODULE@VERSION: builds the program into the cache folder.
install_with_go() {
  local name=$1 module=$2 go
  go=$("$SCRIPTS/go-toolchain") || fail "$name cannot be built without Go"
  mkdir -p "$CACHE/bin"
  GOBIN="$CACHE/bin" "$go" install "$module" || fail "$name was not built"
}

# download URL FILE
download() {
  if command -v curl >/dev/null; then
    curl -fsSL --retry 2 --output "$2" "$1"
  elif command -v wget >/dev/null; then
    wget -q -O "$2" "$1"
  else
    fail "neither curl nor wget is here to download $1"
  fi
}

# unpack ZIP FOLDER: with whatever the machine has; a JDK is always there when ./purgeline calls.
unpack() {
  if command -v unzip >/dev/null; then
    unzip -q "$1" -d "$2"
  elif has_jar; then
    (cd "$2" && "$JAVA_HOME/bin/jar" --extract --file "$1")
  elif command -v python3 >/dev/null; then
    python3 -m zipfile -e "$1" "$2"
  else
    fail "neither unzip nor a JDK nor python3 is here to unpack $1"
  fi
}

has_jar() { [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/jar" ]; }

checksum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }
