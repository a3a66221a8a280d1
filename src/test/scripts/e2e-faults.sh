#!/usr/bin/env bash
# Breaks things while a pod is being restarted, REPEAT times each (3), and prints what came of it: on the cluster of KUBECONFIG when that is set, else on an own
# one. Operators are processes of this machine, and the API server of an own cluster is stopped and killed. TEST=Class runs only that.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. src/test/scripts/a-cluster.sh

before_leaving() {
  [ "$1" = 0 ] || collect target/e2e-logs
  [ -s target/faults/table.tsv ] || return 0
  { printf 'fault\trepetitions\tacts\twrong or double acts\tlost intents\n'; sort target/faults/table.tsv; } |
    awk -F '\t' '{printf "%-70s %12s %6s %22s %14s\n", $1, $2, $3, $4, $5}'
}

rm -rf target/e2e-logs target/faults
a_cluster
TEST_LOG=target/e2e-faults.log src/test/scripts/test.sh test -Dgroups=faults -DexcludedGroups= ${TEST:+-Dtest="$TEST"} -Dsurefire.failIfNoSpecifiedTests=false
grep -q 'Tests run:' target/e2e-faults.log || die "no test of faults ran."
