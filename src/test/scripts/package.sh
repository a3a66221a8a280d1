#!/usr/bin/env bash
# Builds target/quarkus-app when it is missing or older than its sources; quiet unless the build fails. One build of a checkout at a time.
set -euo pipefail
cd "$(dirname "$0")/../../.."
mark=target/quarkus-app/.packaged
up_to_date() { [ -e "$mark" ] && [ -z "$(find pom.xml crds src/main -newer "$mark" -print -quit)" ]; }
up_to_date && exit 0
mkdir -p target
exec 9> target/.package.lock
flock 9
up_to_date && exit 0
echo "Building Heapwarden; this takes about half a minute." >&2
JAVA_HOME=$(bin/find-jdk 21)
export JAVA_HOME
begun=$(mktemp target/.packaging.XXXXXX)
log=target/package.log
if ! mvn -B -ntp -q package -DskipTests > "$log" 2>&1; then
  cat "$log" >&2
  rm -f "$begun"
  echo "The build failed." >&2
  exit 1
fi
mv "$begun" "$mark"      # as old as the start of the build, so that a file saved meanwhile is built next time
