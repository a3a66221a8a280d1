#!/usr/bin/env bash
# Builds a server that speaks S3 (versitygw, which keeps objects as files) into the cache that every clone shares, and prints its path.
# The first time takes about a minute. Exit code 77: there is no Go to build it with.
set -euo pipefail
version=1.8.0
. "$(cd "$(dirname "$0")" && pwd)/../cluster/settings.sh"
server=$cache_root/versitygw-$version/versitygw

if [ ! -x "$server" ]; then
  command -v go > /dev/null || { say "Go is missing: install 1.21 or newer (it fetches the version that the server needs by itself)."; exit 77; }
  lock s3-server
  if [ ! -x "$server" ]; then
    unfinished=$(mktemp -d "$cache_root/.unfinished-s3.XXXXXX")
    trap 'rm -rf "$unfinished"' EXIT
    say "Building versitygw $version"
    GOBIN=$unfinished CGO_ENABLED=0 quietly go install -trimpath -ldflags "-s -w" "github.com/versity/versitygw/cmd/versitygw@v$version"
    mkdir -p "${server%/*}"
    mv "$unfinished/versitygw" "$server"
  fi
fi
echo "$server"
