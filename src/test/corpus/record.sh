#!/usr/bin/env bash
# Records the traces of the corpus that are missing in traces/: compiles the programs, runs them and reads their JVMs from outside.
# ONLY=Name: only traces whose names begin so (a regular expression). JOBS: programs at a time (8 when not set). JDK 25 is needed, and 17 for some runs.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=src/test/corpus
out=${OUT:-target/corpus}
JAVA_HOME=$(bin/find-jdk 25)
export JAVA_HOME
src/test/scripts/package.sh
mkdir -p "$out/programs" "$out/recorder"
compile() { "$JAVA_HOME/bin/javac" -nowarn -Xlint:none "$@"; }
mapfile -t plain < <(grep -L '^ \* jdk: ' -r "$here/programs" --include='*.java')
mapfile -t newer < <(grep -l '^ \* jdk: ' -r "$here/programs" --include='*.java')
compile --release 17 -d "$out/programs" "${plain[@]}"
[ ${#newer[@]} = 0 ] || compile -cp "$out/programs" -d "$out/programs" "${newer[@]}"
exports=(--add-exports jdk.attach/sun.tools.attach=ALL-UNNAMED)
compile "${exports[@]}" -cp target/classes -d "$out/recorder" "$here"/recorder/*.java
exec "$JAVA_HOME/bin/java" "${exports[@]}" -XX:+UseSerialGC -cp "target/classes:$out/recorder" Corpus \
  "$here/programs" "$here/traces" "$out/programs" "${JOBS:-8}" "${ONLY:-}"
