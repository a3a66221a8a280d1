#!/usr/bin/env bash
# Renders the chart into plain manifests for those without Helm: src/main/kubernetes, or the directory given.
# Needs helm: HEAPWARDEN_HELM, on the PATH, or in the cache that `make cluster` fills.
set -euo pipefail
cd "$(dirname "$0")/../../.."
out=${1:-src/main/kubernetes}
helm=${HEAPWARDEN_HELM:-$(command -v helm || ls -d "$HOME"/.cache/heapwarden/*/helm 2>/dev/null | tail -1 || true)}
[ -x "$helm" ] || { echo "No helm found: run \`make cluster\` once, or name one in HEAPWARDEN_HELM." >&2; exit 1; }

render() { # first comment line, then arguments for helm
  cat <<Y
# $1
# Rendered from helm/heapwarden by src/test/scripts/render-manifests.sh: change the chart, then run it. Apply crds/ first; see docs/install.md.
apiVersion: v1
kind: Namespace
metadata:
  name: heapwarden-system
  labels:
    pod-security.kubernetes.io/enforce: restricted
Y
  # Labels that say "Helm owns this" would be untrue here.
  "$helm" template heapwarden helm/heapwarden -n heapwarden-system --set crds.install=false "${@:2}" |
    sed -e '/^# Source: /d' -e '/^ *helm\.sh\/chart: /d' -e '/^ *app\.kubernetes\.io\/managed-by: Helm$/d'
}

render "Heapwarden for every namespace." > "$out/heapwarden.yaml"
render "Heapwarden for the namespace shop only, without a ClusterRole. For others: replace every \"shop\"; for more: repeat its Role and RoleBinding." \
  --set 'watchNamespaces={shop}' > "$out/heapwarden-namespaced.yaml"
