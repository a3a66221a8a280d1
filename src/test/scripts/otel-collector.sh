#!/usr/bin/env bash
# Prints the path of an OpenTelemetry Collector, the real one that tests send spans to. Built once from its Go modules, src/test/go/otel-collector, into the
# cache that every clone shares, which takes two to five minutes on two cores. HEAPWARDEN_OTEL_COLLECTOR names another, which needs the receiver otlp and the
# exporter debug.
set -euo pipefail
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

if [ -n "${HEAPWARDEN_OTEL_COLLECTOR:-}" ]; then
  [ -x "$HEAPWARDEN_OTEL_COLLECTOR" ] || die "HEAPWARDEN_OTEL_COLLECTOR is $HEAPWARDEN_OTEL_COLLECTOR, which is no program."
  echo "$HEAPWARDEN_OTEL_COLLECTOR"
  exit
fi
source=$(cd "$(dirname "$0")/../go/otel-collector" && pwd)
version=$(sed -n 's|^.*go.opentelemetry.io/collector/otelcol v\([0-9.]*\)$|\1|p' "$source/go.mod")
[ -n "$version" ] || die "$source/go.mod names no version of go.opentelemetry.io/collector/otelcol."
cache_root=${XDG_CACHE_HOME:-$HOME/.cache}/heapwarden
cache=$cache_root/otel-collector-$version-$(cat "$source"/main.go "$source"/go.mod "$source"/go.sum | cksum | cut -d' ' -f1)
if ! [ -x "$cache/otel-collector" ]; then
  command -v go > /dev/null || die "Go is missing: install 1.25 or newer, or set HEAPWARDEN_OTEL_COLLECTOR to a collector."
  mkdir -p "$cache"
  exec 9> "$cache_root/otel-collector.lock"
  flock -w 1200 9 || die "gave up after 20 minutes: see who holds $cache_root/otel-collector.lock with 'fuser'."
  if ! [ -x "$cache/otel-collector" ]; then
    rm -rf "$cache"/.unfinished.*      # of a run that was killed; the lock says that none is at work
    unfinished=$(mktemp -d "$cache/.unfinished.XXXXXX")
    trap 'rm -rf "$unfinished"' EXIT
    CGO_ENABLED=0 go build -C "$source" -trimpath -ldflags '-s -w' -o "$unfinished/otel-collector" . >&2
    mv "$unfinished/otel-collector" "$cache/"
  fi
fi
echo "$cache/otel-collector"
