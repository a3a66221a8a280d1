#!/usr/bin/env bash
# Writes the files that are generated from the code and committed: crds/, docs/reference.md, docs/events.md, docs/metrics.md, the chart's CRDs, the plain manifests.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/cluster/settings.sh
quietly mvn -B -ntp -q test -Dtest='GeneratedFilesTest,*PageTest' -Dsurefire.failIfNoSpecifiedTests=false -Dheapwarden.generate=true -DargLine=-Dheapwarden.generate=true
if [ -x "${HEAPWARDEN_HELM:-$(command -v helm || echo "$cache/helm")}" ]; then
  HEAPWARDEN_HELM=${HEAPWARDEN_HELM:-$(command -v helm || echo "$cache/helm")} src/test/scripts/render-manifests.sh
fi
