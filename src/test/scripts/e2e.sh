#!/usr/bin/env bash
# Runs the end-to-end tests: against the cluster of KUBECONFIG when that is set, else against an own one. TEST=Class[#method] runs only those, E2E_GROUP=acting the slow ones of acting.
# On failure the operator's logs and what the cluster knows are in target/e2e-logs.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/scripts/a-cluster.sh

before_leaving() {
  [ ! -s target/matrix.md ] || cat target/matrix.md
  # A test that fails may not have come to its own clean-up; the operator's logs are gone with its pod, so they are taken first.
  [ "$1" = 0 ] || collect target/e2e-logs
}

rm -rf target/e2e-logs target/matrix.md
export HOTSPOTS=1
a_cluster
TEST_LOG=target/e2e.log src/test/scripts/test.sh test -Dgroups="${E2E_GROUP:-e2e}" -DexcludedGroups= ${TEST:+-Dtest="$TEST"} -Dsurefire.failIfNoSpecifiedTests=false
grep -q 'Tests run:' target/e2e.log || die "no end-to-end test ran."
