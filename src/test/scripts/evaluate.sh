#!/usr/bin/env bash
# evaluate.sh [OPTIONS]: replays the recorded traces and writes docs/evaluation.md; with options (--help lists them) it prints and writes nothing.
set -euo pipefail
cd "$(dirname "$0")/../../.."
mkdir -p target
mvn -B -ntp -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test > target/evaluate.log 2>&1 ||
  { cat target/evaluate.log; echo "the evaluation did not compile." >&2; exit 1; }
exec "$JAVA_HOME/bin/java" -Xmx1g -cp "target/test-classes:target/classes:$(cat target/test.classpath)" io.heapwarden.evaluation.Evaluate "$@"
