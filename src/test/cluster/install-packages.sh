#!/usr/bin/env bash
# Installs the Debian packages that the cluster and the images need, when they are missing. Needs root.
set -euo pipefail
. "$(dirname "$0")/settings.sh"
declare -A provides=(   # a file that only the package brings → the package
  [/usr/bin/containerd]=containerd [/usr/sbin/runc]=runc [/usr/lib/cni/bridge]=containernetworking-plugins
  [/usr/sbin/iptables]=iptables [/usr/sbin/conntrack]=conntrack [/bin/ip]=iproute2 [/usr/bin/openssl]=openssl
  [/usr/bin/buildah]=buildah [/usr/bin/mmdebstrap]=mmdebstrap [/usr/bin/gcc]=gcc [/usr/include/unistd.h]=libc6-dev
  [/usr/bin/flock]=util-linux [/usr/bin/ps]=procps
)
missing=()
for file in "${!provides[@]}"; do [ -e "$file" ] || missing+=("${provides[$file]}"); done
if ! command -v go > /dev/null && [ ! -x "$cache/kubelet" ]; then missing+=(golang-go); fi
[ ${#missing[@]} -eq 0 ] && exit 0
need_root
lock packages
command -v apt-get > /dev/null || die "these are missing and there is no apt-get to install them with: ${missing[*]}"
say "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update > /dev/null
apt-get -qq install -y --no-install-recommends "${missing[@]}" > /dev/null
