#!/usr/bin/env bash
# test.sh MAVEN-ARGUMENTS...: runs tests through Maven with little noise; the whole log is in TEST_LOG, target/test.log by default.
# Prints failures as they come and, last, Surefire's own closing lines. In CI a test that failed is run once more, and told as a flake when it passes
# then: the real JVMs and nodes that tests watch share their machine with others.
set -uo pipefail
cd "$(dirname "$0")/../../.."
mkdir -p target
log=${TEST_LOG:-target/test.log}
mvn -B -ntp ${CI:+-Dsurefire.rerunFailingTestsCount=1} "$@" > "$log" 2>&1 &
maven=$!
trap 'kill "$maven" 2> /dev/null; wait "$maven"; exit 130' INT TERM
tail -n +1 -f --pid="$maven" "$log" 2> /dev/null | grep --line-buffered -E '^\[(INFO|WARNING|ERROR)\] +(Running |Tests run:)|^\[ERROR\]|BUILD (SUCCESS|FAILURE)' &
printer=$!
wait "$maven"
code=$?
wait "$printer" 2> /dev/null
[ $code = 0 ] || { [ -z "$(grep -m 1 'Tests run:' "$log")" ] && tail -n 40 "$log"; echo "The whole log is in $PWD/$log" >&2; }
exit $code
