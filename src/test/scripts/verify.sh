#!/usr/bin/env bash
# Everything that can be checked without running the tests: formatting, compilation with Error Prone and NullAway, packaging, scripts, chart,
# and that the committed generated files are what the code generates.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/cluster/settings.sh
step() { printf '== %s\n' "$*"; }

step "scripts parse, and are executable"
mapfile -t shell < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run bin ":!src/main/resources")
for script in "${shell[@]}"; do
  bash -n "$script"
  [ -x "$script" ] || [ "${script##*/}" = settings.sh ] || [ "${script##*/}" = a-cluster.sh ] || die "$script is not executable: chmod +x it."
done
if command -v shellcheck > /dev/null; then shellcheck -x -S warning "${shell[@]}"; fi

step "formatting"
quietly mvn -B -ntp -q spotless:check

step "compilation with Error Prone and NullAway, packaging"
quietly mvn -B -ntp -q package -DskipTests

step "rings"
quietly mvn -B -ntp -q surefire:test -Dtest=RingsTest

step "the probe program, and its parsers under the fuzzer for a moment"
quietly src/test/scripts/probe.sh
quietly src/test/scripts/fuzz.sh 20

step "generated files"
before=$(git status --porcelain -uall -- crds docs helm src/main/kubernetes; git diff -- crds docs helm src/main/kubernetes)
src/test/scripts/generate.sh
quietly src/test/scripts/evaluate.sh
after=$(git status --porcelain -uall -- crds docs helm src/main/kubernetes; git diff -- crds docs helm src/main/kubernetes)
if [ "$before" != "$after" ]; then
  git --no-pager diff --stat -- crds docs helm src/main/kubernetes
  die "generated files were not what the code generates; they are now: look at them and commit them."
fi

helm=${HEAPWARDEN_HELM:-$(command -v helm || echo "$cache/helm")}
if [ ! -x "$helm" ]; then
  echo "== chart: skipped, helm is not installed (\`make cluster\` builds one)"
elif [ -d helm/heapwarden ]; then
  step "chart"
  "$helm" lint --quiet helm/heapwarden
  "$helm" template heapwarden helm/heapwarden -n heapwarden-system > /dev/null
  "$helm" template heapwarden helm/heapwarden -n heapwarden-system --set 'watchNamespaces={shop,billing}' --set replicas=2 > /dev/null
fi
echo "verified"
