# Sourced by what needs a cluster: `a_cluster` takes that of KUBECONFIG, else the one that is up on this machine, else brings one up, and only
# that one is taken down at the end, however the end comes. Sets KUBECONFIG, HEAPWARDEN_KUBECTL and HEAPWARDEN_HELM. KEEP=1 leaves it up.
# shellcheck shell=bash
. src/test/cluster/settings.sh
brought_up=no

a_cluster() {
  trap 'leave $?' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if [ -n "${KUBECONFIG:-}" ]; then
    say "Using the cluster of KUBECONFIG=$KUBECONFIG"
  elif is_up; then
    say "Using the cluster that is up on this machine"
  else
    brought_up=yes
    src/test/cluster/up.sh > /dev/null
  fi
  export KUBECONFIG=${KUBECONFIG:-$kubeconfig}
  HEAPWARDEN_KUBECTL=${HEAPWARDEN_KUBECTL:-$(tool kubectl)}
  HEAPWARDEN_HELM=${HEAPWARDEN_HELM:-$(tool helm)}
  export HEAPWARDEN_KUBECTL HEAPWARDEN_HELM
  "$HEAPWARDEN_KUBECTL" version > /dev/null || die "the cluster of $KUBECONFIG does not answer."
  if is_ours; then src/test/scripts/image.sh > /dev/null; else say "Its nodes must have, or be able to pull, the images that \`make image\` builds."; fi
}

tool() { if [ -x "$cache/$1" ]; then echo "$cache/$1"; else command -v "$1" || die "$1 is missing: put it on the PATH."; fi; }
is_ours() { [ "$(readlink -f "$KUBECONFIG")" = "$kubeconfig" ]; }
kubectl() { "$HEAPWARDEN_KUBECTL" "$@"; }
helm() { "$HEAPWARDEN_HELM" "$@"; }

# What a caller undoes or collects first; it gets the exit code.
before_leaving() { :; }

leave() {
  trap '' INT TERM HUP
  trap - EXIT
  before_leaving "$1" || true
  if [ $brought_up = yes ] && [ -z "${KEEP:-}" ]; then src/test/cluster/down.sh; fi
  if [ $brought_up = yes ] && [ -n "${KEEP:-}" ]; then say "The cluster stays up: export KUBECONFIG=$kubeconfig; \`make cluster-down\` takes it away."; fi
  exit "$1"
}

# collect DIRECTORY: what somebody who was not there needs to understand a failure.
collect() {
  mkdir -p "$1"
  kubectl get pods,deployments,mempol,memrep -A -o wide > "$1/objects.txt" 2>&1
  kubectl get events -A --sort-by=.lastTimestamp > "$1/events.txt" 2>&1
  kubectl describe pods -A > "$1/pods.txt" 2>&1
  kubectl get mempol,memrep -A -o yaml > "$1/heapwarden.yaml" 2>&1
  kubectl -n heapwarden-system logs -l app.kubernetes.io/name=heapwarden --tail=-1 --prefix > "$1/operator.log" 2>&1
  kubectl -n heapwarden-system logs -l app.kubernetes.io/name=heapwarden --tail=-1 --prefix --previous > "$1/operator-previous.log" 2>&1
  is_ours && cp -r "$run/log" "$1/cluster"
  say "What there was to collect is in $1"
}
