#!/usr/bin/env bash
# Installs the apt packages that the named groups of packages.txt need and this machine lacks:
#   cmake/setup.sh core cli       says what it installs and how much, then installs it
#   cmake/setup.sh --list core    prints the packages of the groups and changes nothing
# Does nothing, without asking apt, where all are there. Runs as root or through sudo.
set -euo pipefail
lists="$(dirname "$0")/packages.txt"

packages_of() {  # group...
  local group line
  for group in "$@"; do
    line=$(grep "^$group:" "$lists") ||
      { echo "setup: no group '$group' in packages.txt; it has: $(sed -n 's/^\([a-z0-9]*\):.*/\1/p' "$lists" | xargs)" >&2; exit 2; }
    tr ' ' '\n' <<<"${line#*: }"
  done | sort -u
}

missing_of() {  # package...
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else
    echo "setup: installing needs root or sudo; ask an administrator for: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get install --no-install-recommends -o Dpkg::Use-Pty=0 "$@" "${missing[@]}"
}

[ "${1:-}" != --list ] || { shift; packages_of "$@"; exit 0; }
wanted_text=$(packages_of "$@")
mapfile -t wanted <<<"$wanted_text"
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "setup: no apt on this system; provide by other means what these Debian packages hold: ${wanted[*]}"
  exit 0
fi
mapfile -t missing < <(missing_of "${wanted[@]}")
[ ${#missing[@]} -gt 0 ] || exit 0

if ! apt-get install -s -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
  echo "setup: apt-get update (its lists lack some of: ${missing[*]})"
  as_root apt-get update -qq
fi
# apt says in two sentences what is fetched and what it takes on the disk.
amounts=$(apt_install --assume-no 2>/dev/null |
  sed -n 's/^Need to get \(.*\) of archives.*/\1 to download,/p; s/^After this operation, \(.*\) of additional.*/\1 on the disk/p' | xargs) || true
echo "setup: installing ${missing[*]} (${amounts:-amount unknown})"
if ! apt_install -y -qq; then
  echo "setup: that failed; once more after apt-get update" >&2
  as_root apt-get update -qq
  apt_install -y -qq
fi >/dev/null 2> >(grep -v '^debconf: delaying' >&2)
