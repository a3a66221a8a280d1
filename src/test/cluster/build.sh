#!/usr/bin/env bash
# Builds Kubernetes, etcd and Helm from Go modules into a cache that every clone shares, and prints the cache's path.
# The first run takes about 7 minutes on two cores; later ones find everything there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"
kubernetes=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl)

missing() { for name in "$@"; do [ -x "$cache/$name" ] || return 0; done; return 1; }

# build MODULE LDFLAGS NAME=PACKAGE...: a binary is renamed into the cache once it is whole, so an interrupted build is never taken for one.
build() {
  local module=$1 flags=$2 target; shift 2
  for target in "$@"; do
    missing "${target%%=*}" || continue
    say "Building ${target%%=*}"
    (cd "$here/$module" && go build -trimpath -ldflags "-s -w $flags" -o "$unfinished/${target%%=*}" "${target#*=}")
    mv "$unfinished/${target%%=*}" "$cache/"
  done
}

if missing "${kubernetes[@]}" etcd helm; then
  command -v go > /dev/null || die "Go is missing: install 1.21 or newer (it fetches the version that go.mod names by itself)."
  minor=$(go env GOVERSION | sed -E 's/^go1\.([0-9]+).*/\1/')
  [ "$minor" -ge 21 ] || die "$(command -v go) is $(go env GOVERSION), too old to build Kubernetes: install Go 1.21 or newer, such as golang-1.24 from Debian's backports."
  lock build
  mkdir -p "$cache"
  rm -rf "$cache"/.unfinished.*        # of a run that was killed; the lock says that none is at work
  unfinished=$(mktemp -d "$cache/.unfinished.XXXXXX")
  trap 'rm -rf "$unfinished"' EXIT
  export CGO_ENABLED=0
  version=k8s.io/component-base/version
  stamp="-X $version.gitVersion=v$kubernetes_version -X $version.gitMajor=1 -X $version.gitMinor=$(cut -d. -f2 <<< "$kubernetes_version")"
  stamp+=" -X $version.gitTreeState=clean -X $version.gitCommit=unknown -X $version.buildDate=1970-01-01T00:00:00Z"
  for name in "${kubernetes[@]}"; do build k8s "$stamp" "$name=k8s.io/kubernetes/cmd/$name"; done
  build tools "" etcd=go.etcd.io/etcd/server/v3 helm=helm.sh/helm/v3/cmd/helm
fi
echo "$cache"
