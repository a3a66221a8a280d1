# Sourced by the scripts beside it: where things are, and how they speak. One cluster at a time, its addresses and ports are fixed.
# shellcheck shell=bash disable=SC2034
kubernetes_version=1.34.4
cache_root=${XDG_CACHE_HOME:-$HOME/.cache}/heapwarden
cache=$cache_root/kubernetes-$kubernetes_version
run=/run/heapwarden                 # short on purpose: unix socket paths end at 108 characters
node=node-1
address=10.240.0.1 services=10.96.0.0/16 pods=10.244.0.0/16
cgroup=heapwarden                   # every process of every pod is below this cgroup, which is how `down.sh` finds strays
kubeconfig=$run/admin.conf

say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

need_root() {
  [ "$(id -u)" = 0 ] || die "the cluster needs root (containers, network links, cgroups): run it as root, or set KUBECONFIG to a cluster that you have."
}

# lock NAME: one run at a time, whichever clone it was started from; the kernel lets go of the lock when its holder dies.
lock() {
  mkdir -p "$cache_root"
  exec 9> "$cache_root/$1.lock"
  flock -n 9 && return
  say "Another run holds $cache_root/$1.lock; waiting for it."
  flock -w 1200 9 || die "gave up after 20 minutes: see who holds it with 'fuser $cache_root/$1.lock'."
}

is_up() {
  [ -s "$kubeconfig" ] && [ -x "$cache/kubectl" ] &&
    [[ $(timeout 10 "$cache/kubectl" --kubeconfig "$kubeconfig" get node "$node" 2> /dev/null) == *" Ready "* ]]
}

# quietly COMMAND...: what it prints is shown only when it fails.
quietly() {
  local output
  output=$(mktemp)
  "$@" > "$output" 2>&1 || { cat "$output" >&2; rm "$output"; return 1; }
  rm "$output"
}
