#!/usr/bin/env bash
# Shows a leak being found on a real cluster: installs the chart, deploys a shop with a leaking and a steady service, waits for the verdict and
# prints what people see. Uses KUBECONFIG or an own cluster; takes away what it brought, unless KEEP=1.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/scripts/a-cluster.sh
limit=${LIMIT:-300}

before_leaving() {
  [ "$1" = 0 ] || collect target/demo-logs
  [ -n "${KEEP:-}" ] && return
  if [ $brought_up = no ] && [ "${installed:-no}" = yes ]; then
    kubectl delete namespace shop --ignore-not-found --wait > /dev/null
    helm uninstall heapwarden -n heapwarden-system --ignore-not-found --wait > /dev/null
    kubectl delete namespace heapwarden-system --ignore-not-found > /dev/null
  fi
}
show() { printf '\n$ %s\n' "$*"; "$@"; }

a_cluster
if kubectl get namespace shop > /dev/null 2>&1 || helm status heapwarden -n heapwarden-system > /dev/null 2>&1; then
  die "the cluster has a namespace shop or a release heapwarden already; they are left alone."
fi
installed=yes
show helm install heapwarden helm/heapwarden -n heapwarden-system --create-namespace --wait --timeout 3m \
  --set image.repository=localhost/heapwarden --set image.tag=dev --set image.pullPolicy=Never
show kubectl create namespace shop
show kubectl apply -f src/test/workloads/demo.yaml
begun=$SECONDS

state_of() { kubectl -n shop get memrep -o json 2> /dev/null | tr -d ' \n' | grep -o '"state":"[A-Za-z]*"' | cut -d '"' -f 4 | sort -u | tr '\n' ' ' || true; }
seen=
until [[ $seen == *Leaking* || $seen == *Critical* ]]; do
  [ $((SECONDS - begun)) -lt "$limit" ] || die "no pod was found leaking within $limit s; states: ${seen:-none}"
  sleep 2
  now=$(state_of)
  [ "$now" = "$seen" ] || printf '%4d s: %s\n' $((SECONDS - begun)) "$now"
  seen=$now
done
printf 'Found leaking after %d s.\n' $((SECONDS - begun))
sleep 5   # what follows a verdict (Event, annotation, status) is written within a sample

show kubectl -n shop get mempol,memrep
show kubectl -n shop describe mempol checkout
show kubectl -n shop get events --sort-by=.lastTimestamp
printf '\nAnnotations of the pods:\n'
kubectl -n shop get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\n  "}{.metadata.annotations}{"\n"}{end}'
