#!/usr/bin/env bash
# Builds heapwarden-probe into target/probe/{amd64,arm64}/: for this machine always, for the other one where a cross-compiler is at hand. As root
# it installs musl-tools where musl-gcc is missing; without musl the C library of this machine is linked in, which makes a bigger program.
# PROBE_ARCH=amd64 or arm64 builds only that one.
set -euo pipefail
cd "$(dirname "$0")/../../.."
sources=src/main/c/heapwarden-probe
version=${PROBE_VERSION:-$(sed -n 's:^ *<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)}
most=$((1 << 20))

case $(uname -m) in
  x86_64) own=amd64 ;;
  aarch64) own=arm64 ;;
  *) echo "heapwarden-probe is built on amd64 and arm64, and this is $(uname -m)." >&2; exit 1 ;;
esac

if ! command -v musl-gcc > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -z "${PROBE_OFFLINE:-}" ]; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends musl-tools gcc; } > /dev/null 2>&1 \
    || echo "musl-tools could not be installed; going on without." >&2
fi

# Prints the words of a compiler for an architecture; fails when there is none.
compiler() {
  if [ "$1" = "$own" ]; then
    for tool in musl-gcc gcc cc; do
      if command -v "$tool" > /dev/null; then echo "$tool"; return; fi
    done
    return 1
  fi
  case $1 in arm64) machine=aarch64 ;; amd64) machine=x86_64 ;; esac
  for tool in "$machine-linux-musl-gcc" "$machine-linux-gnu-gcc"; do
    if command -v "$tool" > /dev/null; then echo "$tool"; return; fi
  done
  for zig in zig "python3 -m ziglang"; do
    if $zig version > /dev/null 2>&1; then echo "$zig cc -target $machine-linux-musl"; return; fi
  done
  return 1
}

build() {
  local arch=$1 directory=target/probe/$1 tool size
  if ! tool=$(compiler "$arch"); then
    if [ "$arch" = "$own" ]; then
      echo "No C compiler: install musl-tools and gcc (apt-get install musl-tools), then run $0 again." >&2
      exit 1
    fi
    echo "heapwarden-probe for $arch: not built, no cross-compiler (gcc-aarch64-linux-gnu, or ziglang from PyPI)"
    return
  fi
  mkdir -p "$directory"
  # Built beside and moved there, so that a program that runs is never half written.
  # shellcheck disable=SC2086 # the compiler may be several words
  $tool -std=gnu11 -Os -g0 -static -fno-pie -no-pie \
    -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wformat=2 -Werror \
    -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fno-strict-aliasing -fno-delete-null-pointer-checks -ffunction-sections -fdata-sections \
    -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--build-id=none -s \
    -DHEAPWARDEN_VERSION="\"$version\"" \
    -o "$directory/heapwarden-probe.$$" "$sources"/*.c
  mv -f "$directory/heapwarden-probe.$$" "$directory/heapwarden-probe"
  size=$(stat -c %s "$directory/heapwarden-probe")
  if [ "$size" -gt "$most" ]; then
    echo "$directory/heapwarden-probe has $size bytes, more than $most." >&2
    exit 1
  fi
  echo "$directory/heapwarden-probe: $size bytes, by $tool"
}

for arch in amd64 arm64; do
  if [ -z "${PROBE_ARCH:-}" ] || [ "$PROBE_ARCH" = "$arch" ]; then build "$arch"; fi
done
