#!/usr/bin/env bash
# Prints the path of an Alertmanager, the real one that tests talk to. Built once from its Go module into the cache that every clone shares, which
# takes two to five minutes on two cores. HEAPWARDEN_ALERTMANAGER names another.
set -euo pipefail
version=0.28.1
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

if [ -n "${HEAPWARDEN_ALERTMANAGER:-}" ]; then
  [ -x "$HEAPWARDEN_ALERTMANAGER" ] || die "HEAPWARDEN_ALERTMANAGER is $HEAPWARDEN_ALERTMANAGER, which is no program."
  echo "$HEAPWARDEN_ALERTMANAGER"
  exit
fi
cache_root=${XDG_CACHE_HOME:-$HOME/.cache}/heapwarden
cache=$cache_root/alertmanager-$version
if ! [ -x "$cache/alertmanager" ]; then
  command -v go > /dev/null || die "Go is missing: install 1.21 or newer, or set HEAPWARDEN_ALERTMANAGER to an alertmanager."
  mkdir -p "$cache"
  exec 9> "$cache_root/alertmanager.lock"
  flock -w 1200 9 || die "gave up after 20 minutes: see who holds $cache_root/alertmanager.lock with 'fuser'."
  if ! [ -x "$cache/alertmanager" ]; then
    rm -rf "$cache"/.unfinished.*      # of a run that was killed; the lock says that none is at work
    unfinished=$(mktemp -d "$cache/.unfinished.XXXXXX")
    trap 'rm -rf "$unfinished"' EXIT
    # Alone on purpose: its module has its compiled pages in it, so nothing else has to be made.
    GOBIN=$unfinished CGO_ENABLED=0 go install -trimpath -ldflags '-s -w' "github.com/prometheus/alertmanager/cmd/alertmanager@v$version" >&2
    mv "$unfinished/alertmanager" "$cache/"
  fi
fi
echo "$cache/alertmanager"
